package social.coral.web.persona;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.web.Browser;

/** A person sets a voice and sees at once what it does. */
@BrowserTest
class PersonaPageTest {

    @Autowired private Environment environment;
    @Autowired private People people;

    private TestPerson person;
    private String persona;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
        persona = person.get("/api/personas").text("/personas/0/id");
    }

    @Test
    void theSampleFollowsASliderWithoutBeingSaved() {
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/persona");
            assertThat(page.locator("#sample")).containsText("without a language model");
            assertThat(page.locator("#sample")).not().containsText("(My coffee");
            assertThat(page.locator("#sample p").first().textContent()).startsWith("An update");
            page.getByLabel("Humour").press("End");
            assertThat(page.getByLabel("Humour")).hasAttribute("aria-valuetext", "100 of 100");
            assertThat(page.locator("#sample")).containsText("(My coffee");
            page.getByLabel("Words to avoid").fill("coffee");
            assertThat(page.locator("#sample mark").first()).hasText("coffee");
            assertThat(person.get("/api/personas/" + persona).json().at("/persona/humour").asInt()).isEqualTo(20);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save").setExact(true)).click();
            assertThat(page.locator("#toasts")).containsText("Saved");
            assertThat(page.getByLabel("Humour")).hasValue("100");
            assertThat(person.get("/api/personas/" + persona).json().at("/persona/humour").asInt()).isEqualTo(100);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void withoutScriptsASampleIsShownAndNothingTypedIsLost() {
        try (Browser browser = Browser.open(environment, Browser.options().setJavaScriptEnabled(false)).as(person)) {
            Page page = browser.go("/persona");
            page.getByLabel("Tone").fill("friendly");
            page.getByLabel("Words to use").fill("tide\nreef");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show a sample")).click();
            assertThat(page.locator("#sample")).containsText("Hello everyone");
            assertThat(page.getByLabel("Words to use")).hasValue("tide\nreef");
        }
        assertThat(person.get("/api/personas/" + persona).text("/persona/tone")).isEqualTo("professional");
    }

    @Test
    void whatIsWrongStandsBesideItsField() {
        TestAnswer refused = person.browser().form("/persona/" + persona, Map.of("name", "Mine", "tone", "witty", "words_to_use", "w".repeat(61), "language", "zz"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("id=\"words_to_use-error\"", "at most 60 are allowed", "id=\"language-error\"");
        assertThat(person.browser().form("/persona/" + persona, Map.of("name", "Mine", "humour", "101")).body()).contains("id=\"humour-error\"");
    }

    @Test
    void aSampleOrARefusalInBetweenDoesNotLetOneWindowOverwriteAnother() {
        String seen = person.get("/api/personas/" + persona).text("/persona/updated_at");
        person.patch("/api/personas/" + persona, Map.of("humour", 90));
        for (String path : new String[] {"/persona/sample", "/persona/" + persona}) {
            TestAnswer between = person.browser().form(path, Map.of("id", persona, "name", "Mine", "tone", path.endsWith("sample") ? "dry" : " ", "humour", "10", "seen", seen));
            assertThat(between.body()).contains("name=\"seen\" value=\"" + seen + "\"");
        }
        TestAnswer refused = person.browser().form("/persona/" + persona, Map.of("name", "Mine", "tone", "dry", "humour", "10", "seen", seen));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("changed in another window", ">Humour</dt>", ">90</dd>");
    }

    @Test
    void whatIsNobodysIsNotFoundAndNothingIsTriedWithoutAKey() {
        assertThat(person.browser().get("/persona").body()).doesNotContain("Write a sample with your model");
        assertThat(person.browser().form("/persona/sample", Map.of("id", "x", "tone", "dry")).status()).isEqualTo(404);
        assertThat(person.browser().form("/persona/sample", Map.of("id", UUID.randomUUID().toString(), "tone", "dry")).status()).isEqualTo(422);
        assertThat(person.browser().form("/persona/try", Map.of("tone", "dry")).status()).isEqualTo(200);
    }
}
