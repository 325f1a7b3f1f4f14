package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.content.Replies;
import social.coral.tenancy.TenantDoor;
import social.coral.web.frame.Navigation;

/** Every page fits into every window, from a small phone to a large screen. */
@BrowserTest
class WindowWidthsTest {

    private static final List<Integer> WIDTHS = List.of(360, 390, 640, 800, 1024, 1280, 1920);

    private static final List<String> OTHERS = List.of(
            "/tweets/archive", "/replies/set-aside", "/metrics?span=all", "/knowledge?q=tag", "/knowledge/settings", "/tweets/imports", "/tweets/mine", "/tweets/import", "/accounts/add", "/blogs/new", "/threads/new", "/persona/new", "/agents/tweet-scraping/schedule", "/agents/research/limits", "/setup", "/setup?step=keys",
            "/setup?step=accounts", "/setup?step=review", "/settings/keys", "/settings/keys/twitter_bearer", "/settings/usage", "/settings/usage/calls", "/settings/usage/limits", "/settings/audit", "/settings/approval", "/settings/approval/new",
            "/settings/data", "/settings/data/erase", "/no-such-page");

    /** What can be pressed or filled in and is not whole: beyond the window, its panel or whatever hides its overflow, or narrower than its words. */
    private static final String CUT = """
            () => {
              const within = (box, around) => box.left >= around.left - 1 && box.right <= around.right + 1;
              const isCut = element => {
                const box = element.getBoundingClientRect();
                if (box.left < 0 || box.right > document.documentElement.clientWidth + 1) return true;
                if (element.matches('button, a') && element.scrollWidth > element.clientWidth + 1) return true;
                for (let at = element.parentElement; at !== document.body; at = at.parentElement) {
                  const holds = at.matches('.panel') || getComputedStyle(at).overflowX !== 'visible';
                  if (holds && !within(box, at.getBoundingClientRect())) return true;
                }
                return false;
              };
              return [...document.querySelectorAll(':is(main, header) :is(button, a.btn, input, select, textarea)')]
                .filter(element => element.checkVisibility() && element.offsetWidth > 1 && !element.closest('thead')).filter(isCut).map(element => element.outerHTML);
            }""";

    /** Fields whose letters are so small that a phone zooms into them. */
    private static final String SMALL = """
            () => [...document.querySelectorAll('main :is(input, select, textarea)')]
              .filter(field => !['checkbox', 'radio', 'hidden'].includes(field.type) && parseFloat(getComputedStyle(field).fontSize) < 16)
              .map(field => field.outerHTML)""";

    @Autowired private Environment environment;
    @Autowired private People people;
    @Autowired private TenantDoor door;
    @Autowired private Replies replies;

    @Test
    void nothingIsCutOrScrolledSidewaysAtAnyWidth() {
        TestPerson person = people.aPerson();
        Samples.fill(person);
        person.tenant().run(() -> door.sql("""
                        update public.x_accounts set state = 'refused', state_detail = :why where user_id = :tenant and username = 'deep_sea'
                        """)
                .param("why", "X refuses to show the posts of this account, because it is protected or because it was suspended some time ago.")
                .update());
        person.tenant().run(() -> door.sql("insert into public.imports (file_name, author, imported, ended_at) values (:name, 'reefcheck', 300000, now())")
                .param("name", "twitter-2024-10-05-" + "0123456789abcdef".repeat(4) + ".zip").update());
        Samples.note(door, person);
        UUID reply = Samples.mentions(door, replies, person);
        try (Browser browser = Browser.open(environment)) {
            Page page = browser.page();
            Stream.of("/auth/login", "/auth/signup").forEach(path -> fits(browser.go(path)));
            browser.as(person);
            Stream.concat(Stream.of(Navigation.values()).map(Navigation::path), OTHERS.stream()).forEach(path -> fits(browser.go(path)));
            fits(browser.go("/tweets/" + person.get("/api/tweets/cache").text("/tweets/0/id")));
            fits(browser.go("/knowledge/" + person.get("/api/tweets/cache").text("/tweets/0/id") + "/forget"));
            fits(browser.go("/knowledge/authors/reefcheck/forget"));
            fits(browser.go("/replies/" + reply));
            fits(browser.go("/knowledge?q=tide"));
            fits(browser.go("/metrics/" + person.get("/api/metrics/posts").text("/posts/0/id")));
            fits(browser.go("/knowledge/notes/" + person.get("/api/notes").text("/notes/0/id") + "/forget"));
            fits(browser.go("/tweets/mine/" + person.get("/api/tweets").text("/tweets/0/id")));
            String blog = "/blogs/" + person.get("/api/blogs").text("/blogs/0/id");
            String thread = "/threads/" + person.get("/api/threads").text("/threads/0/id");
            Stream.of(blog, blog + "#edit", blog + "/versions", blog + "/schedule", blog + "/delete", thread, thread + "#edit").forEach(path -> fits(browser.go(path)));
            assertThat(List.of(800, 1280)).allSatisfy(width -> {
                page.setViewportSize(width, 800);
                browser.go("/accounts");
                assertThat((Integer) page.evaluate("Math.floor(document.querySelector('.reason td:last-child').clientHeight / 16)"))
                        .as("lines of a long reason").isLessThanOrEqualTo(2);
            });
            page.setViewportSize(390, 800);
            browser.go("/tweets/imports");
            assertThat((Integer) page.evaluate("document.querySelector('[data-row] .who').clientWidth")).as("room for the name of a file").isGreaterThan(200);
        }
    }

    private static void fits(Page page) {
        for (int width : WIDTHS) {
            page.setViewportSize(width, 800);
            String where = page.url() + " at " + width;
            assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).as(where).isTrue();
            assertThat((List<?>) page.evaluate(CUT)).as(where).isEmpty();
            if (width < 768) {
                assertThat((List<?>) page.evaluate(SMALL)).as(where).isEmpty();
            }
        }
    }
}
