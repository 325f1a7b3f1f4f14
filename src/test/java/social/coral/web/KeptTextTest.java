package social.coral.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestPerson;

/** What a person writes is not lost to a reload, to a session that ends, or to a refusal. */
@BrowserTest
class KeptTextTest {

    @Autowired private Environment environment;
    @Autowired private People people;

    @Test
    void whatWasWrittenWhenTheSessionEndedIsThereAfterSigningInAgain() {
        TestPerson person = people.aPerson();
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets/mine?status=draft");
            page.locator("#content-text").fill("Written while the session ended");
            assertThat(page.locator("#preview .post-text")).hasText("Written while the session ended");
            person.post("/auth/v1/logout?scope=global", Map.of());
            press(page, "Save draft");
            assertThat(page.locator(".notice")).hasText("You were signed out; what you wrote is kept in this tab. Sign in to continue.");
            page.getByLabel("Email address").fill(person.email());
            page.locator("#password").fill("not it");
            press(page, "Sign in");
            assertThat(page.locator(".notice").first()).containsText("what you wrote is kept");
            page.locator("#password").fill(person.password());
            press(page, "Sign in");
            assertThat(page).hasURL(Pattern.compile("/tweets/mine\\?status=draft$"));
            assertThat(page.locator("#content-text")).hasValue("Written while the session ended");
            assertThat(page.locator("#preview .post-text")).hasText("Written while the session ended");
            press(page, "Save draft");
            assertThat(page.locator("#toasts")).containsText("Saved as a draft.");
            assertThat(page.locator("#content-text")).hasValue("");
            page.reload();
            assertThat(page.locator("#content-text")).hasValue("");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aReloadKeepsWhatIsBeingWrittenUntilItIsDiscarded() {
        TestPerson person = people.aPerson();
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/persona");
            String before = page.getByLabel("Name").inputValue();
            page.getByLabel("Name").fill("Harbour voice");
            page.getByLabel("Description").fill("Says little");
            page.reload();
            assertThat(page.getByLabel("Name")).hasValue("Harbour voice");
            assertThat(page.getByLabel("Description")).hasValue("Says little");
            press(page, "Discard it");
            assertThat(page.getByLabel("Name")).hasValue(before);
            page.reload();
            assertThat(page.getByLabel("Name")).hasValue(before);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void nobodyElseIsShownItAndSigningOutForgetsIt() {
        TestPerson person = people.aPerson();
        TestPerson other = people.aPerson();
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets/mine");
            page.locator("#content-text").fill("Not for everybody");
            browser.as(other).go("/tweets/mine");
            assertThat(page.locator("#content-text")).hasValue("");
            browser.as(person).go("/tweets/mine");
            assertThat(page.locator("#content-text")).hasValue("Not for everybody");
            page.locator("summary").click();
            press(page, "Sign out");
            assertThat(page).hasURL(Pattern.compile("/auth/login$"));
            assertThat(page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('coral:')).length")).isEqualTo(0);
        }
    }

    @Test
    void theBackButtonShowsAFormThatWasRefused() {
        TestPerson person = people.aPerson();
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/persona/new");
            page.getByLabel("Name").fill("   ");
            page.getByLabel("Tone").fill("warm");
            press(page, "Add");
            assertThat(page.locator("#name")).isFocused();
            page.navigate("/agents");
            page.goBack();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("New persona"))).isVisible();
            page.navigate("/settings");
            page.getByLabel("Your name").fill("x".repeat(150));
            page.locator("#full_name").evaluate("field => { field.removeAttribute('maxlength'); field.value = 'x'.repeat(201); field.dispatchEvent(new Event('input', { bubbles: true })); }");
            press(page, "Save");
            assertThat(page.locator("#full_name-error")).isVisible();
            page.navigate("/agents");
            page.goBack();
            assertThat(page.locator("#full_name")).hasValue("x".repeat(201));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
    }
}
