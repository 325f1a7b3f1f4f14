package social.coral.web.texts;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.content.Replies;
import social.coral.tenancy.TenantDoor;
import social.coral.web.Browser;
import social.coral.web.Samples;

@BrowserTest
class RepliesPageTest {

    @Autowired private Environment environment;
    @Autowired private People people;
    @Autowired private TenantDoor door;
    @Autowired private Replies replies;

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

    @Test
    void aReplyToAMentionIsReadBelowItsConversationAndApproved() {
        TestPerson person = people.aPerson();
        UUID reply = Samples.mentions(door, replies, person);
        assertThat(person.browser().get("/dashboard").body()).containsSubsequence(
                "A reply to @a_name_15_long_ needs your approval", "@my_brand Donaudampf", "The tide is low at noon.", "Approve");
        assertThat(person.browser().get("/replies").body()).containsSubsequence("data-row-link>To @a_name_15_long_</a>", "Donaudampf", "The tide is low at noon.");
        assertThat(person.browser().get("/replies").body()).contains("Use the sandbox", "Until then no mention is read").doesNotContain("Read mentions now");
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/replies/" + reply);
            assertThat(page.locator("main ul.posts > li")).hasCount(2);
            assertThat(page.locator("main")).containsText("Low tide");
            assertThat(page.locator("main")).containsText("Extracts, not edited");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Approve").setExact(true)).click();
            assertThat(page.locator("main")).containsText("Approved");
            assertThat(person.get("/api/replies/" + reply).text("/reply/status")).isEqualTo("approved");
            assertThat(page.locator("main")).containsText("Copy text");
            assertThat(page.locator("a[href^='https://x.com/intent/post']"))
                    .hasAttribute("href", "https://x.com/intent/post?text=The%20tide%20is%20low%20at%20noon.&in_reply_to=170000000000000001");
            assertThat(browser.complaints()).isEmpty();
        }
        assertThat(person.get("/api/replies/" + reply + "/conversation").json().at("/conversation").valueStream().map(post -> post.at("/author").asString()))
                .containsExactly("my_brand", "a_name_15_long_");
        assertThat(people.aPerson().get("/api/replies/" + reply + "/conversation").status()).isEqualTo(404);
    }

    @Test
    void whatWasSetAsideSaysWhyAndCanBeOverruledAndItsAuthorMutedAndHeardAgain() {
        TestPerson person = people.aPerson();
        Samples.mentions(door, replies, person);
        String mention = person.get("/api/mentions?state=set_aside").text("/mentions/0/id");
        String reason = "update public.mentions set reason = :reason where user_id = :tenant and state = 'set_aside'";
        person.tenant().run(() -> door.sql(reason).param("reason", "no_answer").update());
        assertThat(person.browser().get("/replies/set-aside").body()).contains("so write it yourself", "Write a reply").doesNotContain("Answer anyway");
        person.tenant().run(() -> door.sql(reason).param("reason", "hostile").update());
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/replies");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Set aside")).click();
            assertThat(page.locator("#list")).containsText("It insults or threatens, or tries to give an agent instructions.");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Mute @a_name_15_long_")).click();
            assertThat(page.locator("#toasts")).containsText("@a_name_15_long_ is muted.");
            assertThat(person.get("/api/muted-authors").json().at("/muted_authors").size()).isEqualTo(2);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Unmute @a_name_15_long_")).click();
            assertThat(person.get("/api/muted-authors").json().at("/muted_authors").size()).isEqualTo(1);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Answer anyway @a_name_15_long_")).click();
            // Without keys the run cannot start yet, and says so.
            assertThat(page.locator("#toasts")).containsText("The next run drafts a reply to it.");
            assertThat(page.locator("main")).containsText("No mention is set aside");
            assertThat(browser.complaints()).isEmpty();
        }
        assertThat(person.get("/api/mentions/" + mention).text("/mention/state")).isEqualTo("open");
        assertThat(person.patch("/api/mentions/" + mention, Map.of("state", "answered")).status()).isEqualTo(400);
        assertThat(people.aPerson().get("/api/mentions/" + mention).status()).isEqualTo(404);
    }
}
