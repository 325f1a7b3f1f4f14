package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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

/** What others wrote is shown and does nothing. */
@BrowserTest
class HostileTextTest {

    @Autowired private Environment environment;
    @Autowired private People people;

    @Test
    void aHostilePostIsTextAndNothingElse() {
        TestPerson person = people.aPerson();
        Samples.collect(person, Samples.HOSTILE);
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/tweets/archive");
            String shown = page.locator(".post-text").innerText();
            assertThat(shown).contains("<script>alert(1)</script>", "<img src=x onerror=alert(2)>", "javascript:alert(3)", "gpj.exe");
            assertThat(shown.chars().filter(c -> c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069)).isEmpty();
            assertThat(page.locator(".post-text :is(script, img, svg, b)").count()).isZero();
            assertThat(page.locator(".post-text a").all().stream().map(link -> link.getAttribute("href")))
                    .containsExactly("https://evil.org/", "/tweets?author=somebody");
            assertThat(page.locator(".post-text a").first().getAttribute("rel")).contains("noopener", "nofollow");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tweets?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "/tweets?author=%22%3E%3Cimg%20src=x%3E", "/tweets/archive?file=%22%3E%3Cb%3E", "/tweets/imports?q=%3Cb%3E", "/knowledge?q=%3Cb%3E&author=%22%3E%3Cb%3E&from=%3Cb%3E", "/accounts?q=%3Cb%3E%22",
        "/accounts?sort=%22%3E%3Cb%3E&only=%22%3E%3Cb%3E", "/tweets/mine?q=%3Cb%3E&status=%3Cb%3E", "/%3Cb%3Eno-page"})
    void whatStandsInTheAddressIsTextToo(String address) {
        String body = people.aPerson().browser().get(address).body();
        assertThat(body).contains("<main").doesNotContain("<b>", "<script>alert", "<img src=x>");
    }

    @Test
    void aHostileNameIsTextEverywhereThatItStands() {
        TestPerson person = people.aPerson();
        String name = "<img src=x onerror=alert(1)>\u202E";
        assertThat(person.patch("/api/user/profile", Map.of("full_name", name)).status()).isEqualTo(200);
        assertThat(person.post("/api/personas", Map.of("name", name)).status()).isEqualTo(201);
        for (String path : List.of("/persona", "/settings", "/tweets/mine")) {
            assertThat(person.browser().get(path).body()).contains("&lt;img src=x onerror=alert(1)&gt;").doesNotContain("<img src=x");
        }
    }

    @Test
    void aToastThatWasForgedIsTextToo() {
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString("+<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
        TestPerson person = people.aPerson();
        String page = people.aStranger().with("Cookie", person.cookieName() + "=" + person.cookie() + "; coral_toast=" + forged).get("/accounts").body();
        assertThat(page).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert");
        assertThat(people.aStranger().with("Cookie", "coral_toast=!!not-base64!!; coral_theme=%00").get("/auth/login").status()).isEqualTo(200);
    }
}
