package social.coral.web.texts;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.content.Blogs;
import social.coral.content.Critique;
import social.coral.content.Critiques;
import social.coral.web.Browser;

@BrowserTest
class BlogsPageTest {

    @Autowired private Environment environment;
    @Autowired private People people;
    @Autowired private Blogs blogs;
    @Autowired private Critiques critiques;

    @Test
    void aPersonWritesABlogPostSeesHowItWillLookAndSchedulesItInTheirZone() {
        TestPerson person = people.aPerson();
        person.patch("/api/user/profile", Map.of("time_zone", "Europe/Berlin"));
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/blogs");
            assertThat(page.locator("main")).containsText("No blog posts yet");
            page.keyboard().press("c");
            page.waitForURL("**/blogs/new");
            page.keyboard().type("Tides");
            press(page, "Save");
            assertThat(page.locator("#content-error")).isHidden();
            page.locator("#content-text").fill("# Low tide\n\nIt is **very** low. <script>alert(1)</script> [more](javascript:alert(2)) ![x](https://example.org/x.png)");
            assertThat(page.locator("#article h2")).hasText("Low tide");
            assertThat(page.locator("#article strong")).hasText("very");
            assertThat(page.locator("#article")).containsText("<script>alert(1)</script>");
            assertThat(page.locator("#article img")).hasCount(0);
            press(page, "Save");
            assertThat(page.locator("#toasts")).containsText("Saved as a draft.");
            assertThat(page.locator("h1")).hasText("Tides");
            assertThat(page.locator(".page-head")).containsText("Written by you");

            page.getByText("Schedule").click();
            page.locator("#dialog #scheduled_for").fill("2020-01-01T09:00");
            press(page, "Schedule");
            assertThat(page.locator("#dialog #scheduled_for-error")).containsText("must be in the future");
            page.locator("#dialog #scheduled_for").fill(java.time.LocalDate.now().plusDays(3) + "T09:30");
            page.locator("#dialog .act").click();
            assertThat(page.locator("#toasts")).containsText("Scheduled.");
            assertThat(page.locator(".page-head")).containsText("09:30");
            assertThat(page.locator(".page-head")).containsText("Europe/Berlin");
            press(page, "Withdraw");
            assertThat(page.locator(".page-head .badge-word").first()).hasText("Draft");
            assertThat(page.locator(".page-head")).containsText("It is not scheduled.");
            assertThat(page.locator(".page-head")).not().containsText("Scheduled for");

            page.getByText("Delete").click();
            assertThat(page.locator("#dialog")).containsText("with 1 version");
            page.locator("#dialog .btn-danger").click();
            assertThat(page.locator("#toasts")).containsText("Deleted the blog post.");
            assertThat(person.get("/api/blogs").json().at("/blogs").size()).isZero();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void whatAnAgentWroteIsMarkedReadWithItsSourcesNotesAndVersionsAndSentBack() {
        TestPerson person = people.aPerson();
        UUID id = AgentTexts.blog(blogs, person, "Corals grow 3 mm a month in winter [1].");
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/blogs");
            assertThat(page.locator(".posts")).containsText("Extracts, not edited");
            assertThat(page.locator(".posts")).containsText("1 place to check");
            page.keyboard().press("j");
            page.keyboard().press("Enter");
            page.waitForURL("**/blogs/" + id);
            assertThat(page.locator(".page-head")).containsText("without a language model");
            assertThat(page.locator("aside")).containsText("Evidence: say by how much.");
            assertThat(page.locator("aside")).containsText("Answered in version 2");
            assertThat(page.locator("#article a")).hasAttribute("href", "#source-1");
            assertThat(page.locator("#marks")).containsText("3");
            assertThat(page.locator("#article mark")).hasText("3");
            assertThat(page.locator("#source-1 a")).hasAttribute("href", "https://example.org/reefs");

            page.getByText("Compare").click();
            assertThat(page.locator(".difference ins").first()).hasText("3");
            assertThat(page.locator(".difference del").first()).containsText("slowly");

            browser.go("/blogs/" + id);
            page.getByText("Ask for changes").click();
            page.locator("#dialog #note").fill("Name the species.");
            press(page, "Send back");
            assertThat(page.locator("#toasts")).containsText("Sent back with your note.");
            assertThat(page.locator(".page-head .badge-word").first()).hasText("Changes wanted");
            assertThat(page.locator("aside")).containsText("Name the species.");
            assertThat(page.locator("main")).containsText("Without a language model, it can only leave out words that a note quotes.");
            assertThat(page.getByText("Revise it now")).isVisible();
            assertThat(browser.go("/dashboard").locator("main")).containsText("Changes are wanted of a blog post: Reefs in winter");
            browser.go("/blogs/" + id);

            page.keyboard().press("e");
            page.locator("#content-text").fill("Staghorn corals grow 3 mm a month in winter.");
            page.keyboard().press("Control+Enter");
            assertThat(page.locator("#toasts")).containsText("Saved.");
            assertThat(page.locator(".page-head")).not().containsText("not edited");
            assertThat(page.locator("main")).containsText("You have changed it yourself, so no agent revises it.");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void theLastCritiqueStandsBesideTheTextByCriterion() throws Exception {
        TestPerson person = people.aPerson();
        UUID id = AgentTexts.blog(blogs, person, "Corals grow 3 mm a month in winter [1].");
        assertThat(person.browser().get("/blogs/" + id).body()).doesNotContain("id=\"critique-title\"").contains("Turn into a thread");
        person.tenant().run(() -> critiques.store(id, new Critique(1, Critique.Verdict.REVISE, Map.of("evidence", 40),
                List.of(new Critique.Reason("evidence", "Corals <i>grow", "Say which.")), "sonar", Instant.now())));
        assertThat(person.browser().get("/blogs/" + id).body()).contains("Could be better", "Evidence", "40 of 100", "Corals &lt;i&gt;grow", "Say which.", "judged by");
        assertThat(person.get("/api/blogs/" + id + "/critiques").text("/critiques/0/verdict")).isEqualTo("revise");
        assertThat(people.aPerson().get("/api/blogs/" + id + "/critiques").status()).isEqualTo(404);
    }

    @Test
    void anEarlierVersionIsRestoredUnlessAnotherWindowChangedTheText() {
        TestPerson person = people.aPerson();
        String id = person.post("/api/blogs", Map.of("title", "Tides", "content", "Low tide")).text("/blog/id");
        person.patch("/api/blogs/" + id, Map.of("content", "High tide"));
        String page = person.browser().get("/blogs/" + id + "/versions?number=1").body();
        person.patch("/api/blogs/" + id, Map.of("content", "Spring tide"));
        assertThat(person.browser().form("/blogs/" + id + "/versions/1/restore", Map.of("seen", seenOn(page))).header("Location")).isEqualTo("/blogs/" + id + "/versions");
        assertThat(person.get("/api/blogs/" + id).text("/blog/content")).isEqualTo("Spring tide");
        String again = person.browser().get("/blogs/" + id + "/versions?number=1").body();
        person.browser().form("/blogs/" + id + "/versions/1/restore", Map.of("seen", seenOn(again)));
        assertThat(person.get("/api/blogs/" + id).text("/blog/content")).isEqualTo("Low tide");
    }

    @Test
    void nothingTypedIsLostWhenAnotherWindowChangedOrDeletedTheTextOrAFieldIsWrong() {
        TestPerson person = people.aPerson();
        String id = person.post("/api/blogs", Map.of("title", "Tides", "content", "Low tide")).text("/blog/id");
        String seen = seenOn(person.browser().get("/blogs/" + id).body());
        person.patch("/api/blogs/" + id, Map.of("content", "From the first window"));
        TestAnswer second = person.browser().form("/blogs/" + id, Map.of("title", "Tides", "content", "From the second window", "seen", seen));
        assertThat(second.status()).isEqualTo(422);
        assertThat(second.body()).contains("changed in another window", "From the first window", "From the second window");
        assertThat(person.get("/api/blogs/" + id).text("/blog/content")).isEqualTo("From the first window");
        TestAnswer blank = person.browser().form("/blogs/" + id, Map.of("title", " ", "content", "Words that took an hour"));
        assertThat(blank.status()).isEqualTo(422);
        assertThat(blank.body()).contains("id=\"title-error\"", "Words that took an hour");
        person.delete("/api/blogs/" + id);
        TestAnswer deleted = person.browser().form("/blogs/" + id, Map.of("title", "Tides", "content", "Words that took an hour"));
        assertThat(deleted.status()).isEqualTo(422);
        assertThat(deleted.body()).contains("has been deleted", "Words that took an hour", "action=\"/blogs/new\"");
    }

    @Test
    void severalAreApprovedAtOnceButNoneThatChangedSinceItWasSeen() {
        TestPerson person = people.aPerson();
        UUID one = AgentTexts.blog(blogs, person, "One");
        UUID two = AgentTexts.blog(blogs, person, "Two");
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/blogs?status=in_review");
            person.patch("/api/blogs/" + two, Map.of("content", "Three"));
            page.locator("#all").check();
            press(page, "Approve");
            assertThat(page.locator("#toasts")).containsText("Approved 1 blog post. Not approved: “Reefs in winter”: This was changed in another window.");
            assertThat(page.locator("[data-row]")).hasCount(1);
            assertThat(person.get("/api/blogs/" + one).text("/blog/status")).isEqualTo("approved");
            assertThat(person.get("/api/blogs/" + two).text("/blog/status")).isEqualTo("in_review");
            assertThat(page.url()).contains("status=in_review");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static String seenOn(String page) {
        return page.replaceAll("(?s).*name=\"seen\" value=\"([^\"]+)\".*", "$1");
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).click();
    }
}
