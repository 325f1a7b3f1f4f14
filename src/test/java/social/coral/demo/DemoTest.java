package social.coral.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.web.frame.SessionCookie;
import tools.jackson.databind.JsonNode;

@CoralTest
@DirtiesContext
@TestPropertySource(properties = "coral.demo=true")
class DemoTest {

    @Autowired private People people;
    @Autowired private DemoPeople demo;
    @Autowired private SessionCookie cookie;

    @Test
    void oneClickSignsInAsOneOfTheExamplePeopleAndAsNobodyElse() {
        assertThat(people.aStranger().get("/auth/login").body()).contains("This is a demo", "value=\"ada@example.org\"", "value=\"bruno@example.org\"");
        TestAnswer signedIn = people.aStranger().form("/auth/login", Map.of("example", "bruno@example.org", "next", "/agents"));
        assertThat(signedIn.header("Location")).isEqualTo("/agents");
        assertThat(signedIn.headers("Set-Cookie")).anyMatch(set -> set.startsWith(cookie.name()));
        assertThat(people.aStranger().with("Origin", "https://evil.example").form("/auth/login", Map.of("example", "bruno@example.org")).status()).isEqualTo(403);

        String somebody = people.aPerson().email();
        assertThat(people.aStranger().form("/auth/login", Map.of("example", somebody)).headers("Set-Cookie")).noneMatch(set -> set.startsWith(cookie.name()));
    }

    @Test
    void noVisitorCanEndTheOneClickSignInForTheOthers() {
        TestClient visitor = signedIn("bruno@example.org");
        for (int i = 0; i < 12; i++) {
            people.aStranger().post("/auth/v1/token?grant_type=password", Map.of("email", "bruno@example.org", "password", "not this one"));
        }
        TestAnswer changed = visitor.put("/auth/v1/user", Map.of("password", "taken by a visitor 1", "current_password", "coral reef demo"));
        assertThat(changed.status()).isEqualTo(403);
        assertThat(changed.text("/msg")).contains("All visitors of this demo share this account");
        assertThat(visitor.put("/auth/v1/user", Map.of("email", "taken@example.org")).status()).isEqualTo(400);
        assertThat(visitor.send("DELETE", "/api/user", HttpRequest.BodyPublishers.ofString("{\"password\":\"coral reef demo\"}"), "application/json").text("/error_code"))
                .isEqualTo("example_account");

        assertThat(people.aStranger().form("/auth/login", Map.of("example", "bruno@example.org", "next", "/agents")).header("Location")).isEqualTo("/agents");
        assertThat(visitor.get("/api/user/profile").status()).isEqualTo(200);
    }

    @Test
    void oneOfThemHasAWeekToLookAtWhoseFiguresAgreeAndItIsNotMadeTwice() {
        TestClient ada = ada();
        await().atMost(Duration.ofSeconds(90)).until(() -> ada.get("/api/runs?agent=tweet-scraping&limit=1").text("/runs/0/status").equals("succeeded")
                && ada.get("/api/agents/tweet-scraping/schedule").json().at("/schedule/enabled").asBoolean());
        demo.createPeople();
        TestAnswer runs = ada.get("/api/runs?agent=tweet-scraping&limit=100");
        assertThat(runs.json().at("/runs").valueStream().filter(run -> run.at("/status").asString().equals("failed"))).singleElement()
                .satisfies(run -> assertThat(run.at("/steps/0/error").asString()).isNotEmpty());
        assertThat(Instant.parse(runs.text("/runs/" + (runs.json().at("/runs").size() - 1) + "/queued_at"))).isBefore(Instant.now().minus(Duration.ofDays(6)));
        long told = runs.json().at("/runs").valueStream().map(run -> run.at("/progress/message").asString())
                .filter(words -> words.startsWith("Collected")).mapToLong(words -> Long.parseLong(words.split(" ")[1])).sum();
        assertThat(told).isPositive().isEqualTo(collected(ada, "collected"));
        JsonNode imported = ada.get("/api/tweets/cache/imports").json().at("/imports");
        assertThat(imported.size()).isEqualTo(1);
        assertThat(imported.at("/0/imported").asLong()).isPositive().isEqualTo(collected(ada, "imported"));
        assertThat(Instant.parse(imported.at("/0/created_at").asString())).isBefore(Instant.now().minus(Duration.ofDays(2)));
        Instant weekAgo = Instant.now().minus(Duration.ofDays(6));
        assertThat(Instant.parse(ada.get("/api/user/profile").text("/profile/created_at"))).isBefore(weekAgo);
        assertThat(ada.get("/api/tweets").json().at("/tweets").valueStream().map(post -> Instant.parse(post.at("/created_at").asString())))
                .allMatch(at -> at.isBefore(Instant.now().minus(Duration.ofDays(2))));
        assertThat(ada.get("/api/logs?agent=system").text("/logs/0/created_at")).isLessThan(weekAgo.toString());
        TestAnswer usage = ada.get("/api/user/usage?from=" + LocalDate.now(ZoneOffset.UTC).minusDays(8) + "&to=" + LocalDate.now(ZoneOffset.UTC));
        assertThat(usage.json().at("/usage/by_day").size()).as("days with runs").isGreaterThanOrEqualTo(7);
        assertThat(usage.json().at("/usage/by_service/0/units").asLong()).as("the posts, and each account once").isGreaterThanOrEqualTo(told + 4);
        JsonNode audited = ada.get("/api/user/audit?action=run.started").json().at("/audit").valueStream()
                .filter(entry -> entry.at("/subject").asString().equals("tweet-scraping")).findFirst().orElseThrow();
        assertThat(audited.at("/actor").asString()).as("nobody had signed in").isEqualTo("system");
        assertThat(ada.get("/api/x-accounts").json().at("/x_accounts").valueStream().filter(account -> !account.at("/is_active").asBoolean())).hasSize(1);
        assertThat(ada.get("/api/tweets?status=draft").json().at("/tweets").size()).isEqualTo(3);
        assertThat(ada.get("/api/tweets?status=in_review").json().at("/tweets").size()).isEqualTo(1);
    }

    @Test
    void withoutAnyKeyOfAModelTheWeekLeadsToTopicsWithResearchABlogPostAndAThreadInReview() {
        TestClient ada = ada();
        await().atMost(Duration.ofSeconds(90)).until(() -> ada.get("/api/threads?status=in_review").json().at("/threads").size() > 0);
        JsonNode blog = ada.get("/api/blogs?status=in_review").json().at("/blogs/0");
        assertThat(blog.at("/content").asString()).contains("[1]", "chosen without a language model");
        String insight = ada.get("/api/insights").text("/insights/0/id");
        assertThat(insight).isNotEmpty();
        assertThat(ada.get("/api/insights/" + insight + "/research").text("/research/answered_by")).isEqualTo("extracts");
    }

    @Test
    void theSandboxCountsThePostsOfAnAccountOfOnesOwnSoThatThereAreMetrics() {
        TestClient ada = ada();
        await().atMost(Duration.ofSeconds(90)).until(() -> ada.get("/api/metrics").json().at("/metrics/0/impressions").isNumber());
        JsonNode posts = ada.get("/api/metrics/posts?limit=100").json().at("/posts");
        assertThat(posts.valueStream().filter(post -> post.at("/network").asString().equals("sandbox"))).hasSize(16)
                .allSatisfy(post -> assertThat(post.at("/likes").isNumber()).isTrue());
        assertThat(ada.get("/api/agents/metrics/schedule").json().at("/schedule/every").asString()).isEqualTo("PT1H");
    }

    @Test
    void whoMentionsTheAccountOfTheSandboxHasAReplyInReviewOrIsSetAsideWithAReason() {
        TestClient ada = ada();
        await().atMost(Duration.ofSeconds(90)).until(() -> ada.get("/api/replies?status=in_review").json().at("/replies").size() > 0
                && ada.get("/api/mentions?state=open").json().at("/mentions").isEmpty());
        JsonNode reply = ada.get("/api/replies?status=in_review").json().at("/replies/0");
        assertThat(reply.at("/written_by/model").asString()).isEqualTo("extracts");
        assertThat(ada.get("/api/replies/" + reply.at("/id").asString() + "/conversation").json().at("/conversation").size()).isPositive();
        assertThat(ada.get("/api/mentions?state=set_aside").json().at("/mentions").valueStream().map(mention -> mention.at("/reason").asString()))
                .isNotEmpty().doesNotContain("");
    }

    private static long collected(TestClient ada, String source) {
        long all = 0;
        long page = 100;
        for (int offset = 0; page == 100; offset += 100) {
            page = ada.get("/api/tweets/cache?source=" + source + "&limit=100&offset=" + offset).json().at("/tweets").size();
            all += page;
        }
        return all;
    }

    private TestClient ada() {
        return signedIn("ada@example.org");
    }

    private TestClient signedIn(String email) {
        TestAnswer session = people.aStranger().post("/auth/v1/token?grant_type=password", Map.of("email", email, "password", "coral reef demo"));
        return people.aStranger().with("Authorization", "Bearer " + session.text("/access_token"));
    }
}
