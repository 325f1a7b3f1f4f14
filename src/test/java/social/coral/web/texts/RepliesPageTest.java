package social.coral.web.texts;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.web.Browser;
import social.coral.web.Samples;

@BrowserTest
class RepliesPageTest {

    @Autowired private Environment environment;
    @Autowired private People people;

    @Test
    void aCollectedPostIsAnsweredBelowItsConversationOnce() {
        TestPerson person = people.aPerson();
        Samples.fill(person);
        String post = person.get("/api/tweets/cache").text("/tweets/0/id");
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets/" + post);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Reply").setExact(true)).press("Enter");
            page.waitForURL("**/replies/new?post=" + post);
            assertThat(page.locator("main")).containsText("@reefcheck");
            page.locator("#content-text").fill("The tide is low.");
            page.keyboard().press("Control+Enter");
            assertThat(page.locator("#toasts")).containsText("Saved as a draft.");
            assertThat(page.locator("main")).containsText("@reefcheck");
            assertThat(person.get("/api/replies").text("/replies/0/content")).isEqualTo("The tide is low.");

            browser.go("/replies/new?post=" + post);
            page.locator("#content-text").fill("Another answer");
            page.keyboard().press("Control+Enter");
            assertThat(page.locator("#content-error")).containsText("There is a reply to this post already.");
            assertThat(page.locator("#content-text")).hasValue("Another answer");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
