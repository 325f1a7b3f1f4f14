package social.coral.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.TestPerson;
import social.coral.identity.BrowserSession;
import social.coral.identity.SignedInPerson;
import social.coral.web.frame.SessionCookie;

@CoralTest
class CsrfProtectionTest {

    @Autowired People people;
    @Autowired SessionCookie sessionCookie;

    @Test
    void aWriteWithACookieNeedsTheTokenOfThatCookie() {
        TestPerson person = people.aPerson();
        TestPerson other = people.aPerson();
        TestClient bare = people.aBrowserWith(person.cookie());
        Map<String, String> change = Map.of("full_name", "Changed");

        TestAnswer without = bare.patch("/api/user/profile", change);
        assertThat(without.status()).isEqualTo(403);
        assertThat(without.header("Content-Type")).startsWith("application/problem+json");
        assertThat(without.text("/error_code")).isEqualTo("csrf");
        assertThat(bare.with("X-CSRF-Token", People.csrfTokenOf(other.cookie())).patch("/api/user/profile", change).status()).isEqualTo(403);
        assertThat(bare.form("/a-form", change).status()).isEqualTo(403);
        assertThat(person.get("/api/user/profile").json().at("/profile/full_name").isNull()).isTrue();

        assertThat(person.browser().patch("/api/user/profile", change).status()).isEqualTo(200);
        assertThat(bare.form("/a-form", Map.of("_csrf", People.csrfTokenOf(person.cookie()))).status()).isEqualTo(404);
        assertThat(bare.get("/api/user/profile").status()).isEqualTo(200);
    }

    @Test
    void theTokenIsWrittenDifferentlyInEachPageAndEachWritingIsTaken() {
        TestPerson person = people.aPerson();
        TestClient bare = people.aBrowserWith(person.cookie());
        Set<String> written = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            Matcher field = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(bare.get("/settings").body());
            assertThat(field.find()).isTrue();
            written.add(field.group(1));
        }
        assertThat(written).hasSize(5);
        for (String token : written) {
            assertThat(bare.with("X-CSRF-Token", token).patch("/api/user/profile", Map.of("full_name", "Changed")).status()).isEqualTo(200);
            String altered = (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);
            for (String forged : List.of(altered, token.substring(2), token + "AA", "", "%%%", "A".repeat(86))) {
                assertThat(bare.with("X-CSRF-Token", forged).patch("/api/user/profile", Map.of("full_name", "Forged")).status()).as(forged).isEqualTo(403);
            }
        }
    }

    @Test
    void aWriteWithABearerTokenNeedsNone() {
        assertThat(people.aPerson().patch("/api/user/profile", Map.of("full_name", "Changed")).status()).isEqualTo(200);
    }

    @Test
    void theFormsForStrangersAreTakenFromThisSiteOnly() {
        TestClient stranger = people.aStranger();
        Map<String, String> form = Map.of("email", people.anAddress(), "password", "whatever it is");
        assertThat(stranger.with("Sec-Fetch-Site", "cross-site").form("/auth/login", form).status()).isEqualTo(403);
        assertThat(stranger.with("Sec-Fetch-Site", "same-site").form("/auth/signup", form).status()).isEqualTo(403);
        assertThat(stranger.with("Origin", "https://evil.example").form("/auth/login", form).status()).isEqualTo(403);
        assertThat(stranger.with("Origin", "null").form("/auth/login", form).status()).isEqualTo(403);
        assertThat(stranger.with("Sec-Fetch-Site", "same-origin").form("/auth/login", form).status()).isNotEqualTo(403);
        assertThat(stranger.form("/auth/login", form).status()).isNotEqualTo(403);
    }

    @Test
    void theCookieOfAnotherInstallationOnTheSameHostIsNeitherReadNorTakenAway() {
        TestPerson person = people.aPerson();
        String other = "coral_session_00000000";
        assertThat(sessionCookie.name()).matches("coral_session_[0-9a-f]{8}").isNotEqualTo(other);
        assertThat(people.aStranger().with("Cookie", other + "=" + person.cookie()).get("/dashboard").status()).isEqualTo(302);
        TestAnswer signedOut = people.aStranger().with("Cookie", other + "=theirs; " + sessionCookie.name() + "=" + person.cookie())
                .form("/auth/sign-out", Map.of("_csrf", People.csrfTokenOf(person.cookie())));
        assertThat(signedOut.headers("Set-Cookie")).noneMatch(cookie -> cookie.startsWith(other));
        assertThat(people.aBrowserWith(person.cookie()).get("/dashboard").status()).isEqualTo(302);
    }

    @Test
    void theCookieIsKeptFromScriptsAndOtherSitesAndWorksOverPlainHttp() {
        BrowserSession session = new BrowserSession("value", Instant.now().plus(Duration.ofDays(30)), "mark",
                new SignedInPerson(UUID.randomUUID(), "a@example.org", UUID.randomUUID(), "aal1"));
        MockHttpServletRequest request = new MockHttpServletRequest();
        MockHttpServletResponse plain = new MockHttpServletResponse();
        sessionCookie.set(request, plain, session);
        assertThat(plain.getHeader("Set-Cookie"))
                .startsWith(sessionCookie.name() + "=value;").contains("HttpOnly").contains("SameSite=Lax").contains("Path=/;").contains("Max-Age=25")
                .doesNotContain("Secure").doesNotContain("Domain");

        request.setSecure(true);
        MockHttpServletResponse secure = new MockHttpServletResponse();
        sessionCookie.set(request, secure, session);
        assertThat(secure.getHeader("Set-Cookie")).contains("Secure");

        MockHttpServletResponse cleared = new MockHttpServletResponse();
        sessionCookie.clear(request, cleared);
        assertThat(cleared.getHeader("Set-Cookie")).startsWith(sessionCookie.name() + "=;").contains("Max-Age=0");
    }

    @Test
    void theMarkOfABrowserIsKeptFromScriptsAndOtherSitesAndGoesNowhereButToSigningIn() {
        TestPerson person = people.aPerson();
        TestAnswer signedIn = people.aStranger().form("/auth/login", person.credentials());
        assertThat(signedIn.headers("Set-Cookie")).filteredOn(cookie -> cookie.startsWith("coral_browser_")).singleElement().asString()
                .contains("HttpOnly").contains("SameSite=Strict").contains("Path=/auth;").contains("Max-Age=15552000").doesNotContain("Domain");
        assertThat(people.aStranger().form("/auth/login", Map.of("email", person.email(), "password", "wrong")).headers("Set-Cookie")).isEmpty();
    }
}
