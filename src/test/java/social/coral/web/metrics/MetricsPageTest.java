package social.coral.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.tenancy.TenantDoor;
import social.coral.web.Browser;

/** The page of metrics and its routes. */
@BrowserTest
class MetricsPageTest {

    @Autowired private Environment environment;
    @Autowired private People people;
    @Autowired private TenantDoor door;

    private TestPerson person;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
    }

    private String page(String path) {
        return person.browser().get(path).body();
    }

    /** Imports posts of one's own, one each day, the newest two days old; each has one like more than the one after it. */
    private void published(int posts) {
        StringBuilder table = new StringBuilder("id,author,text,created_at,likes\n");
        for (int i = 0; i < posts; i++) {
            Instant at = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(i + 2, ChronoUnit.DAYS).plus(9, ChronoUnit.HOURS).plusSeconds(i);
            table.append("%d,reef,Tide number %d,%s,%d%n".formatted(at.toEpochMilli() - 1_288_834_974_657L << 22, i, at, i + 1));
        }
        assertThat(person.api().send("POST", "/api/tweets/cache/import", BodyPublishers.ofByteArray(table.toString().getBytes(StandardCharsets.UTF_8)),
                "text/csv").status()).isEqualTo(200);
    }

    private void measured(int number, int likes) {
        person.tenant().run(() -> door.sql("""
                insert into public.engagement_metrics (published_post_id, number, measured_at, likes, reposts, replies, quotes, impressions)
                select id, cast(:number as integer), now(), cast(:likes as integer), 1, 0, 0, 100 from public.published_posts where user_id = :tenant
                """).param("number", number).param("likes", likes).update());
    }

    @Test
    void anEmptyPageSaysWhatWillBeHereAndLeadsToTheImportAndLoadsNoChart() {
        assertThat(page("/metrics")).contains("No published posts yet", "href=\"/tweets/import\"", "Import an archive").doesNotContain("uplot");
        assertThat(page("/dashboard")).doesNotContain("uplot").contains("href=\"/metrics\"");
    }

    @Test
    void eachFigureSaysOnHowManyPostsItRestsAndTooFewAreNotCompared() {
        published(3);
        assertThat(page("/metrics")).contains("3 counted", "of 3 counted posts", "Too few posts to compare (3 of 10)", "Tide number 0", "uplot")
                .doesNotContain("Of 3 posts");
        published(12);
        String compared = page("/metrics");
        assertThat(compared).contains("Of 12 posts", "of 12 counted posts", "09:00–09:59", "6.5").doesNotContain("Too few");
        String best = compared.substring(compared.indexOf("Best posts"), compared.indexOf("Worst posts"));
        assertThat(best).contains("Tide number 11").doesNotContain("Tide number 0<");
        assertThat(compared.substring(compared.indexOf("Worst posts"))).contains("Tide number 0<");
    }

    @Test
    void theHourIsThatOfThePersonsZoneAndTheFilterIsInTheAddress() throws Exception {
        published(12);
        person.patch("/api/user/profile", Map.of("time_zone", "Asia/Kolkata"));
        assertThat(page("/metrics")).contains("14:00–14:59", "Asia/Kolkata").doesNotContain("09:00–09:59");
        assertThat(page("/metrics?kind=reply")).contains("No posts in this time", "value=\"reply\" selected");
        assertThat(person.browser().get("/metrics?span=7").status()).isEqualTo(422);
        assertThat(page("/metrics?persona=x")).contains("is not one of your personas");
        String persona = person.get("/api/personas").text("/personas/0/id");
        person.tenant().run(() -> door.sql("update public.published_posts set persona_id = :id where user_id = :tenant").param("id", UUID.fromString(persona)).update());
        assertThat(page("/metrics?persona=" + persona)).contains("By persona", "12 counted");
        assertThat(page("/metrics?persona=" + UUID.randomUUID())).contains("No posts in this time");
    }

    @Test
    void aTopicHasTheFiguresOfItsPosts() throws Exception {
        published(12);
        person.tenant().run(() -> {
            UUID id = door.sql("insert into public.insights (topic, reason, score) values ('Tides', 'x', 1) returning id").one(row -> row.getObject("id", UUID.class));
            door.sql("insert into public.insight_posts (insight_id, post_id, strength) select cast(:id as uuid), id, 1 from public.tweets_cache where user_id = :tenant")
                    .param("id", id).update();
        });
        assertThat(page("/metrics")).contains("By topic", "Tides");
    }

    @Test
    void theApiListsTheSeriesOfOnesOwnPostsAndNobodyElses() {
        published(2);
        measured(3, 40);
        String post = person.get("/api/metrics/posts").text("/posts/0/id");
        assertThat(person.get("/api/metrics?limit=3").json().at("/metrics")).hasSize(3);
        assertThat(person.get("/api/metrics?post=" + post).json().at("/metrics")).hasSize(2).first()
                .satisfies(newest -> assertThat(newest.toString()).contains("\"likes\":40", "\"impressions\":100", "\"network_post_id\"", "\"measured_at\""));
        String metric = person.get("/api/metrics").text("/metrics/0/id");
        assertThat(person.get("/api/metrics/" + metric).text("/metric/id")).isEqualTo(metric);
        assertThat(person.get("/api/metrics/posts/" + post).text("/post/id")).isEqualTo(post);
        TestPerson other = people.aPerson();
        for (String path : List.of("/api/metrics/" + metric, "/api/metrics/posts/" + post, "/metrics/" + post)) {
            assertThat((path.startsWith("/api") ? other.get(path) : other.browser().get(path)).status()).as(path).isEqualTo(404);
        }
        assertThat(other.get("/api/metrics?post=" + post).json().at("/metrics")).isEmpty();
        assertThat(IntStream.of(person.get("/api/metrics?limit=101").status(), person.get("/api/metrics?post=x").status(), person.get("/api/metrics/posts?kind=x").status()))
                .containsOnly(400);
    }

    @Test
    void chartsAreDrawnFromTheTablesBelowThemAndAFigureTellsWhatItMeansWhenFocused() {
        published(12);
        measured(1, 3);
        measured(4, 9);
        for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (Browser browser = Browser.open(environment, Browser.options().setViewportSize(390, 800).setColorScheme(theme)).as(person)) {
                Page page = browser.go("/metrics");
                page.locator("figure canvas").nth(2).waitFor();
                assertThat(page.locator("figure canvas").count()).isEqualTo(3);
                assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).isTrue();
                page.getByText("Impressions", new Page.GetByTextOptions().setExact(true)).focus();
                assertThat(page.getByText("How often the posts were shown").isVisible()).isTrue();
                assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
                page.getByLabel("Time span").selectOption("all");
                page.waitForURL("**/metrics?span=all*");
                page.locator("figure canvas").nth(2).waitFor();
                browser.go("/metrics/" + person.get("/api/metrics/posts").text("/posts/0/id")).locator("figure canvas").waitFor();
                assertThat(new AxeBuilder(browser.page()).analyze().getViolations()).isEmpty();
                assertThat(browser.complaints()).isEmpty();
                assertThat(browser.elsewhere()).isEmpty();
            }
        }
    }
}
