package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.TestPerson;
import social.coral.installation.DataFolder;
import social.coral.web.frame.LocalPath;

/** Who is let in where, and what is said to whoever is not. */
@CoralTest
class DoorTest {

    @Autowired People people;
    @Autowired DataFolder folder;

    @ParameterizedTest
    @ValueSource(strings = {"/", "/dashboard", "/settings", "/a-path-that-nobody-made", "/auth/other", "/error", "/swagger-ui-not", "/assetsx"})
    void aPathThatIsNotPublicSendsAStrangerToSignIn(String path) {
        TestAnswer answer = people.aStranger().get(path);
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).startsWith("/auth/login");
        assertThat(answer.headers("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/user/profile", "/api/a-path-that-nobody-made"})
    void underTheApiAStrangerGetsAProblemDocumentAndIsNeverRedirected(String path) {
        TestAnswer answer = people.aStranger().get(path);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.text("/error")).isEqualTo("Unauthorized");
        assertThat(answer.json().propertyNames()).contains("type", "title", "status", "detail", "instance");
    }

    @Test
    void whatTheApiDoesNotHaveIsAProblemDocumentToSomebodySignedIn() {
        TestPerson person = people.aPerson();
        isProblem(404, person.get("/api/a-path-that-nobody-made"));
        isProblem(405, person.put("/api/user/profile", Map.of()));
        isProblem(415, person.api().send("PATCH", "/api/user/profile", HttpRequest.BodyPublishers.ofString("x"), "text/plain"));
        isProblem(406, person.api().with("Accept", "image/png").get("/api/user/profile"));
        isProblem(413, person.patch("/api/user/profile", Map.of("full_name", "x".repeat(1 << 20))));
        isProblem(413, person.api().send("PATCH", "/api/user/profile", HttpRequest.BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream(("{\"full_name\":\"" + "x".repeat(1 << 20) + "\"}").getBytes(StandardCharsets.UTF_8))),
                "application/json"));
        isProblem(404, people.aStranger().get("/assets/no-such-file.css"));
        assertThat(person.browser().get("/a-page-that-nobody-made").status()).isEqualTo(404);
    }

    @Test
    void operatorsEndpointsAreClosedAndHealthIsOpen() {
        for (String path : List.of("/actuator/health", "/actuator/health/readiness", "/actuator/health/liveness")) {
            assertThat(people.aStranger().get(path).json().propertyNames()).as(path).contains("status").doesNotContain("components", "details");
            assertThat(people.aPerson().browser().get(path).json().propertyNames()).as(path).doesNotContain("components", "details");
        }
        assertThat(people.aStranger().get("/actuator/prometheus").status()).isEqualTo(401);
        assertThat(people.aPerson().browser().get("/actuator/prometheus").status()).isEqualTo(403);
        assertThat(people.aStranger().with("Authorization", "Bearer guessed").get("/actuator/prometheus").status()).isEqualTo(401);
    }

    @Test
    void theOperatorReadsMetricsAndHealthInFullWithTheTokenOfTheDataFolder() throws IOException {
        TestClient operator = people.aStranger().with("Authorization", "Bearer " + Files.readString(folder.resolve("operator.token")));

        assertThat(operator.get("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
        assertThat(operator.get("/actuator/health").json().propertyNames()).contains("components");
        assertThat(operator.get("/api/user/profile").status()).as("it opens nothing else").isEqualTo(401);
        assertThat(operator.get("/dashboard").status()).isEqualTo(302);
    }

    @Test
    void theApiDescribesItselfToAnybody() {
        TestAnswer described = people.aStranger().get("/v3/api-docs");
        assertThat(described.status()).isEqualTo(200);
        assertThat(described.json().at("/paths").propertyNames()).contains("/auth/v1/signup", "/api/user/profile");
        assertThat(people.aStranger().get("/swagger-ui/index.html").status()).isEqualTo(200);
    }

    @Test
    void theApiTakesTheTokenOrTheCookieAndABadTokenIsNotSavedByACookie() {
        TestPerson person = people.aPerson();
        assertThat(person.get("/api/user/profile").text("/profile/user_id")).isEqualTo(person.id().toString());
        assertThat(people.aBrowserWith(person.cookie()).get("/api/user/profile").text("/profile/user_id")).isEqualTo(person.id().toString());
        TestAnswer bad = people.aBrowserWith(person.cookie()).with("Authorization", "Bearer nonsense").get("/api/user/profile");
        assertThat(bad.status()).isEqualTo(401);
        assertThat(bad.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(people.aBrowserWith("made-up").get("/api/user/profile").status()).isEqualTo(401);
    }

    @Test
    void whoeverIsSignedInIsSentFromTheSignInPagesToTheDashboard() {
        TestPerson person = people.aPerson();
        for (String path : List.of("/auth/login", "/auth/signup", "/auth/login?next=//evil.example")) {
            assertThat(person.browser().get(path).header("Location")).isEqualTo("/dashboard");
        }
        assertThat(person.browser().get("/auth/callback").header("Location")).isNull();
        assertThat(person.browser().get("/auth/v1/health").status()).isEqualTo(200);
    }

    @Test
    void theWantedPageIsRememberedAndAFormLeadsBackToThePageItWasOn() {
        assertThat(people.aStranger().get("/tweets?status=draft&q=a%26b").header("Location"))
                .isEqualTo("/auth/login?next=%2Ftweets%3Fstatus%3Ddraft%26q%3Da%2526b");
        assertThat(formFrom(null)).isEqualTo("/auth/login?ended=true");
        assertThat(formFrom("http://coral.test/tweets/mine?status=draft")).isEqualTo("/auth/login?next=%2Ftweets%2Fmine%3Fstatus%3Ddraft&ended=true");
        assertThat(formFrom("https://evil.example/tweets/mine")).isEqualTo("/auth/login?ended=true");
        assertThat(formFrom("http://coral.test//evil.example")).isEqualTo("/auth/login?ended=true");
        assertThat(formFrom("no address at all")).isEqualTo("/auth/login?ended=true");
        TestAnswer part = people.aStranger().with("HX-Request", "true").with("HX-Current-URL", "http://localhost/logs?level=error").get("/logs/rows");
        assertThat(part.status()).isEqualTo(401);
        assertThat(part.header("HX-Redirect")).isEqualTo("/auth/login?next=%2Flogs%3Flevel%3Derror&ended=true");
    }

    private @Nullable String formFrom(@Nullable String page) {
        TestClient stranger = people.aStranger();
        String here = stranger.address().substring("http://".length());
        return (page == null ? stranger : stranger.with("Referer", page.replace("coral.test", here))).form("/tweets/mine", Map.of()).header("Location");
    }

    @Test
    void whoeverWasSignedInUntilNowIsToldSo() {
        assertThat(people.aBrowserWith("a-session-that-ended").get("/persona").header("Location")).isEqualTo("/auth/login?next=%2Fpersona&ended=true");
        assertThat(people.aStranger().get("/auth/login?ended=true").body()).contains("You were signed out");
        assertThat(people.aStranger().get("/auth/login").body()).doesNotContain("You were signed out");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "javascript:alert(1)", "/\t/evil.example",
        "/\n/evil.example", "evil.example", "", "/auth/login", "/api/user/export", "/auth/v1/authorize", "/ /evil"
    })
    void nobodyIsSentToAnotherSiteAfterSigningIn(String wanted) {
        assertThat(LocalPath.or(wanted, "/dashboard")).isEqualTo("/dashboard");
    }

    @ParameterizedTest
    @CsvSource({"/runs/not-an-id,/dashboard", "/a-page-that-nobody-made,/dashboard", "/agents/tweet-scraping/run,/dashboard", "/accounts/,/dashboard",
        "/actuator/prometheus,/dashboard", "/assets/coral.js,/dashboard", "/tweets?status=processed,/tweets?status=processed",
        "/runs/00000000-0000-0000-0000-000000000001,/runs/00000000-0000-0000-0000-000000000001", "/settings/keys,/settings/keys"})
    void signingInLeadsToAPageThatThereIs(String wanted, String landing) {
        Map<String, String> form = new HashMap<>(people.aPerson().credentials());
        form.put("next", wanted);
        assertThat(people.aStranger().form("/auth/login", form).header("Location")).isEqualTo(landing);
    }

    @Test
    void nobodyIsSignedInWithOneClickOutsideOfADemo() {
        assertThat(people.aStranger().get("/auth/login").body()).doesNotContain("This is a demo", "name=\"example\"");
        TestAnswer answer = people.aStranger().form("/auth/login", Map.of("example", "ada@example.org"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.headers("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("coral_session"));
    }

    @Test
    void signingInGivesAFreshSessionWhateverCookieWasPlantedBefore() {
        TestPerson person = people.aPerson();
        String planted = "planted".repeat(6);
        Set<String> given = new HashSet<>(Set.of(planted, person.cookie()));
        for (int i = 0; i < 2; i++) {
            TestAnswer answer = people.aBrowserWith(planted).form("/auth/login", person.credentials());
            String cookie = answer.headers("Set-Cookie").getLast().replaceAll("^coral_session_[0-9a-f]{8}=|;.*", "");
            assertThat(people.aBrowserWith(cookie).get("/api/user/profile").status()).isEqualTo(200);
            assertThat(given.add(cookie)).as("a value of its own").isTrue();
        }
        assertThat(people.aBrowserWith(planted).get("/api/user/profile").status()).isEqualTo(401);
    }

    @Test
    void noHeaderOfACallerMovesThisSiteElsewhere() {
        TestClient liar = people.aStranger().with("X-Forwarded-Host", "evil.example").with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Prefix", "/evil").with("Forwarded", "host=evil.example;proto=https").with("X-Original-Host", "evil.example");
        TestPerson person = people.aPerson();
        TestAnswer session = liar.post("/auth/v1/token?grant_type=password", person.credentials());
        assertThat(new String(Base64.getUrlDecoder().decode(session.text("/access_token").split("\\.", -1)[1]), StandardCharsets.UTF_8))
                .contains("\"iss\"").doesNotContain("evil");
        for (String path : List.of("/", "/auth/login", "/auth/signup", "/auth/v1/settings", "/v3/api-docs", "/a-path-that-nobody-made")) {
            TestAnswer answer = liar.get(path);
            assertThat(answer.body() + answer.headers("Location")).as(path).doesNotContain("evil");
        }
        assertThat(liar.form("/auth/login", person.credentials()).header("Location")).isEqualTo("/dashboard");
    }

    @Test
    void aPageOfThisSiteIsWhereOneGoesAfterSigningIn() {
        assertThat(LocalPath.or("/tweets?status=draft#top", "/dashboard")).isEqualTo("/tweets?status=draft#top");
        assertThat(LocalPath.or(null, "/dashboard")).isEqualTo("/dashboard");
    }

    @Test
    void anotherSitesScriptsMayCallOnlyWhenTheOperatorNamesTheSite() {
        TestAnswer named = people.aStranger().with("Origin", "https://app.example.org").get("/auth/v1/settings");
        assertThat(named.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.org");
        assertThat(named.header("Access-Control-Expose-Headers")).contains("X-Total-Count", "Link", "X-Supabase-Api-Version");
        assertThat(named.header("Access-Control-Allow-Credentials")).isNull();
        TestAnswer asked = people.aStranger().with("Origin", "https://app.example.org").with("Access-Control-Request-Method", "PATCH")
                .with("Access-Control-Request-Headers", "authorization,apikey")
                .send("OPTIONS", "/api/user/profile", HttpRequest.BodyPublishers.noBody(), "");
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.header("Access-Control-Allow-Headers")).contains("apikey");

        TestAnswer other = people.aStranger().with("Origin", "https://evil.example").get("/auth/v1/settings");
        assertThat(other.header("Access-Control-Allow-Origin")).isNull();
        TestAnswer page = people.aStranger().with("Origin", "https://app.example.org").get("/actuator/health");
        assertThat(page.header("Access-Control-Allow-Origin")).isNull();
    }

    private static void isProblem(int status, TestAnswer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("/error")).isNotEmpty();
        assertThat(answer.json().at("/status").asInt()).isEqualTo(status);
    }
}
