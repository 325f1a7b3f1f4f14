package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Request;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestAnswer;

/** What a browser that was never here has to load. */
@BrowserTest
class FirstVisitTest {

    private static final List<String> SCRIPTS_AND_STYLES = List.of("script", "stylesheet");

    @Autowired private Environment environment;
    @Autowired private People people;

    @Test
    void scriptsAndStylesOfTheFirstVisitAreAtMost200KilobytesAndComeFromHere() {
        try (Browser browser = Browser.open(environment)) {
            browser.go("/auth/login");
            List<Request> loaded = browser.requests().stream().filter(request -> SCRIPTS_AND_STYLES.contains(request.resourceType())).toList();
            assertThat(loaded).hasSizeGreaterThanOrEqualTo(5);
            assertThat(loaded.stream().mapToInt(request -> request.sizes().responseBodySize).sum()).isBetween(1_000, 200_000);
            assertThat(browser.elsewhere()).isEmpty();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aSecondPageLoadsNoneOfThemAgain() {
        try (Browser browser = Browser.open(environment)) {
            browser.go("/auth/login");
            int before = browser.requests().size();
            browser.go("/auth/signup");
            assertThat(browser.requests().stream().skip(before)
                    .filter(request -> SCRIPTS_AND_STYLES.contains(request.resourceType()))
                    .filter(request -> request.sizes().responseBodySize > 0)
                    .map(Request::url)).isEmpty();
        }
    }

    @Test
    void anAssetMayBeKeptForEverAndItsAddressChangesWithIt() {
        String page = people.aStranger().get("/auth/login").body();
        String address = page.replaceAll("(?s).*href=\"(/assets/coral\\.[0-9a-f]{12}\\.css)\".*", "$1");
        TestAnswer style = people.aStranger().with("Accept-Encoding", "gzip").get(address);
        assertThat(style.status()).isEqualTo(200);
        assertThat(style.header("Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
        assertThat(style.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(style.header("Content-Type")).startsWith("text/css");
        assertThat(people.aStranger().get("/assets/coral.000000000000.css").status()).isEqualTo(404);
    }
}
