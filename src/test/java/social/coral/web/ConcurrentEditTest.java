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
import social.coral.TestAnswer;
import social.coral.TestPerson;

/** Two windows of one person on the same thing: neither undoes silently what the other did. */
@BrowserTest
class ConcurrentEditTest {

    @Autowired private Environment environment;
    @Autowired private People people;

    @Test
    void theSecondWindowsSaveShowsBothTextsAndOverwritesOnlyWhenItIsRepeated() {
        TestPerson person = people.aPerson();
        String id = person.post("/api/tweets", Map.of("content", "Before")).text("/tweet/id");
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets/mine/" + id);
            person.patch("/api/tweets/" + id, Map.of("content", "From the first window"));
            page.locator("#content-text").fill("From the second window");
            press(page, "Save");
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("This was changed in another window.");
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("From the first window");
            assertThat(page.locator("#content-text")).hasValue("From the second window");
            assertThat(content(person, id)).isEqualTo("From the first window");
            press(page, "Save");
            assertThat(page.locator("#toasts")).containsText("Saved.");
            assertThat(content(person, id)).isEqualTo("From the second window");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void whatAnotherWindowSavedOfAPersonaOrTheProfileIsNotOverwrittenUnseen() {
        TestPerson person = people.aPerson();
        String persona = person.get("/api/personas").text("/personas/0/id");
        String seen = seenOn(person.browser().get("/persona"));
        person.patch("/api/personas/" + persona, Map.of("description", "From the first window"));
        TestAnswer answer = person.browser().form("/persona/" + persona,
                Map.of("name", "Mine", "description", "From the second window", "tone", "witty", "seen", seen));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("changed in another window", "From the first window", "From the second window");
        assertThat(person.get("/api/personas/" + persona).text("/persona/description")).isEqualTo("From the first window");

        String profile = seenOn(person.browser().get("/settings"));
        person.patch("/api/user/profile", Map.of("company_name", "First & Sons"));
        TestAnswer refused = person.browser().form("/settings/profile",
                Map.of("full_name", "", "company_name", "Second", "time_zone", "UTC", "seen", profile));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("changed in another window", "First &amp; Sons", "value=\"Second\"");
        assertThat(person.get("/api/user/profile").text("/profile/company_name")).isEqualTo("First & Sons");
    }

    @Test
    void wordsForAPostThatWasDeletedMeanwhileAreKept() {
        TestPerson person = people.aPerson();
        String id = person.post("/api/tweets", Map.of("content", "Before")).text("/tweet/id");
        person.delete("/api/tweets/" + id);
        TestAnswer answer = person.browser().form("/tweets/mine/" + id, Map.of("content", "Words that took an hour"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("This post has been deleted", "Words that took an hour", "action=\"/tweets/mine\"");
    }

    @Test
    void anAccountThatAnotherWindowRemovedIsToldByNameAndItsRowGoes() {
        TestPerson person = people.aPerson();
        String id = person.post("/api/x-accounts", Map.of("username", "leaving")).text("/x_account/id");
        person.post("/api/x-accounts", Map.of("username", "staying"));
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/accounts");
            person.delete("/api/x-accounts/" + id);
            page.getByLabel("Pause @leaving").click();
            assertThat(page.locator("#toasts .is-problem")).hasText(Pattern.compile("@leaving has already been removed\\."));
            assertThat(page.locator("[data-row-link]")).hasText(new String[] {"@staying"});
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static String content(TestPerson person, String id) {
        return person.get("/api/tweets/" + id).text("/tweet/content");
    }

    private static String seenOn(TestAnswer page) {
        return page.body().replaceAll("(?s).*name=\"seen\" value=\"([^\"]+)\".*", "$1");
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
    }
}
