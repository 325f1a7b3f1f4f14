package social.coral.web.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.tenancy.TenantDoor;
import social.coral.web.Browser;

@BrowserTest
class ShotsTest {
    private static final String FILE = """
            id,text,author,created_at
            1700000000000000001,Central banks make borrowing more expensive.,bank_watch,2026-01-02T23:30:00Z
            1700000000000000002,"The ""quiet"" lender raised -again- its key rate by half a point. What that means for your mortgage rates, for savers and for everybody who wanted to buy a house this year: https://example.org/rates/what-happens-next/and-a-long-path?x=1 #rates @bank_watch",bank_watch,2026-01-04T12:00:00Z
            1700000000000000003,The dome opens at eight tonight: bring a warm coat!,sky,2026-01-05T12:00:00Z
            1700000000000000004,The dome opens at eight tonight. Bring a warm coat.,sky,2026-01-06T12:00:00Z
            1700000000000000005,Mortgage rates climb and buyers wait.,a_long_name_20_chars,2026-01-07T12:00:00Z
            ,Interest rates and the tide both rise,sky,2026-01-07T12:00:00Z
            """;
    @Autowired private Environment environment;
    @Autowired private People people;
    @Autowired private TenantDoor door;

    @Test
    void shots() throws Exception {
        TestPerson person = people.aPerson();
        person.patch("/api/user/profile", Map.of("time_zone", "Europe/Berlin"));
        assertThat(person.api().send("POST", "/api/tweets/cache/import", BodyPublishers.ofString(FILE), "text/csv").status()).isEqualTo(200);
        person.tenant().run(() -> door.sql("""
                insert into public.tweets_cache (network, tweet_id, author, content, source, created_at)
                values ('x', '1700000000000000009', 'sky', 'Clouds and rates', 'collected', now())
                """).update());
        Thread.sleep(15000);
        String id = person.get("/api/tweets/cache?q=clouds").text("/tweets/0/id");
        TestPerson nobody = people.aPerson();
        for (int width : new int[] {390, 800, 1280}) {
            for (ColorScheme theme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                try (Browser browser = Browser.open(environment, Browser.options().setViewportSize(width, 800).setColorScheme(theme)).as(person)) {
                    String name = "/tmp/w/wd-shots/" + width + "-" + theme;
                    shot(browser.go("/knowledge?q=rates+go+up"), name + "-found");
                    shot(browser.go("/knowledge?q=rates&author=two+words&from=2026-01-01"), name + "-problem");
                    shot(browser.go("/knowledge"), name + "-start");
                    shot(browser.go("/knowledge?q=%22zebra%22&author=sky"), name + "-none");
                    shot(browser.go("/knowledge/" + id + "/forget"), name + "-forget");
                    Page page = browser.go("/knowledge?q=rates");
                    page.locator(".post").getByText("Forget").first().click();
                    page.locator("#dialog").getByText("Forget this post?").waitFor();
                    shot(page, name + "-dialog");
                    browser.as(nobody);
                    shot(browser.go("/knowledge"), name + "-nothing");
                }
            }
        }
    }

    private static void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of(name + ".png")));
    }
}
