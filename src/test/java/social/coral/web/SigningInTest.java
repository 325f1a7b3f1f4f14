package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestPerson;

/** Signing up, in and out, as a person does. */
@BrowserTest
class SigningInTest {

    @Autowired private Environment environment;
    @Autowired private People people;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPersonSignsUpSignsOutAndSignsInAgainWithAndWithoutScripts(boolean scripts) {
        String address = people.anAddress();
        try (Browser browser = Browser.open(environment, Browser.options().setJavaScriptEnabled(scripts))) {
            Page page = browser.go("/auth/signup?next=/settings");
            fill(page, address, "password");
            page.getByLabel("Your name").fill("Mara L.");
            press(page, "Create account");
            assertThat(page.locator("#password-error").innerText()).contains("easy to guess");
            assertThat(page.getByLabel("Email address").inputValue()).isEqualTo(address);
            assertThat(page.getByLabel("Your name").inputValue()).isEqualTo("Mara L.");
            assertThat(page.locator("#password").inputValue()).isEmpty();

            page.locator("#password").fill("violet harbour lantern 42");
            press(page, "Create account");
            assertThat(page.url()).endsWith("/setup");
            assertThat(page.getByLabel("Time zone").inputValue()).isEqualTo(scripts ? "Europe/Berlin" : "UTC");

            page.locator("summary").click();
            press(page, "Sign out");
            assertThat(page.url()).endsWith("/auth/login");
            assertThat(page.locator("#toasts").innerText()).contains("You are signed out.");

            fill(page, address, "not it at all");
            press(page, "Sign in");
            assertThat(page.getByRole(AriaRole.ALERT).innerText()).contains("The email address or password is incorrect.");
            fill(page, address, "violet harbour lantern 42");
            press(page, "Sign in");
            assertThat(page.url()).endsWith("/dashboard");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void nobodyIsSentElsewhereAfterSigningIn() {
        TestPerson person = people.aPerson();
        String form = people.aStranger().get("/auth/login?next=//evil.example/x").body();
        assertThat(form).doesNotContain("evil.example");
        Map<String, String> fields = new HashMap<>(person.credentials());
        fields.put("next", "https://evil.example/");
        assertThat(people.aStranger().form("/auth/login", fields).header("Location")).isEqualTo("/dashboard");
        fields.put("next", "/tweets?q=a%26b");
        assertThat(people.aStranger().form("/auth/login", fields).header("Location")).isEqualTo("/tweets?q=a%26b");
        for (String elsewhere : List.of("/logs/download", "/nope", "/runs/x", "//evil.example/x", "/auth/login", "/tweets/mine/preview")) {
            fields.put("next", elsewhere);
            assertThat(people.aStranger().form("/auth/login", fields).header("Location")).as(elsewhere).isEqualTo("/dashboard");
            assertThat(person.browser().form("/appearance", Map.of("theme", "dark", "next", elsewhere)).header("Location")).as(elsewhere).isEqualTo("/dashboard");
        }
    }

    @Test
    void theThemeThatWasChosenIsRememberedAndShownBeforeAnyScriptRuns() {
        TestPerson person = people.aPerson();
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/accounts");
            page.locator("summary").click();
            page.waitForResponse("**/appearance", () -> press(page, "Dark"));
            assertThat(page.locator("html").getAttribute("data-bs-theme")).isEqualTo("dark");
            page.reload();
            assertThat(page.locator("html").getAttribute("data-bs-theme")).isEqualTo("dark");
        }
        assertThat(people.aStranger().with("Cookie", "coral_theme=dark").get("/auth/login").body()).contains("data-bs-theme=\"dark\"");
    }

    private static void fill(Page page, String address, String password) {
        page.getByLabel("Email address").fill(address);
        page.locator("#password").fill(password);
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).click();
    }
}
