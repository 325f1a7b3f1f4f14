package social.coral.web.insights;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.content.Finding;
import social.coral.content.Findings;
import social.coral.imports.Imported;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** The page of topics and its routes, without scripts. */
@CoralTest
class InsightsPageTest {

    @Autowired private People people;
    @Autowired private TenantDoor door;
    @Autowired private Findings findings;

    private TestPerson person;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
    }

    private String page(String path) {
        return person.browser().get(path).body();
    }

    private UUID topic(String name, double score) throws Exception {
        return person.tenant().call(() -> door.sql("insert into public.insights (topic, reason, score) values (:name, '3 posts by 2 accounts within a week.', :score) returning id")
                .param("name", name)
                .param("score", score)
                .one(row -> row.getObject("id", UUID.class)));
    }

    @Test
    void anEmptyPageOffersToCollectFirstAndThenToRunTheAgent() {
        assertThat(page("/insights")).contains("No topics yet", "There are no posts yet", "Collect posts").doesNotContain("/agents/hot-topics/run");
        person.tenant().run(() -> Imported.posts(door, new Post("2050000000000000001", "reef", "Low tide", Instant.parse("2026-05-01T12:00:00Z"), "en", null, null,
                new PostCounts(0, 0, 0))));
        assertThat(page("/insights")).contains("No topics yet", "action=\"/agents/hot-topics/run\"").doesNotContain("There are no posts yet");
    }

    @Test
    void topicsAreSearchedSortedAndNamedInTheAddress() throws Exception {
        topic("Coral bleaching", 9);
        topic("Key rate", 12);
        assertThat(page("/insights").indexOf("Key rate")).isLessThan(page("/insights").indexOf("Coral bleaching"));
        assertThat(page("/insights?q=coral")).contains("Coral bleaching").doesNotContain("Key rate");
        assertThat(page("/insights?q=nothing")).contains("No matches");
        assertThat(person.browser().get("/insights?show=all").status()).isEqualTo(422);
        assertThat(person.get("/api/insights?q=coral").json().at("/insights")).hasSize(1);
        assertThat(person.get("/api/insights?limit=0").status()).isEqualTo(400);
    }

    @Test
    void aTopicLeadsToResearchThenToABlogPostAndNamesWhatWasMadeOfIt() throws Exception {
        UUID id = topic("Coral bleaching", 9);
        assertThat(page("/insights")).contains("action=\"/agents/research/run\"", "Research this", "value=\"" + id + "\"");
        person.tenant().run(() -> findings.store(id, new Finding("What is known?", "Corals bleach [1].", "sonar", Instant.now(), Instant.now().plusSeconds(900), List.of())));
        assertThat(page("/insights")).contains("action=\"/agents/blog-writing/run\"", "Write about this").doesNotContain("Research this");
        TestAnswer started = person.browser().form("/agents/blog-writing/run", Map.of("subject", id.toString(), "back", "/insights"));
        assertThat(started.header("Location")).startsWith("/runs/");
        String blog = person.tenant().call(() -> door.sql("insert into public.blogs (title, content, insight_id) values ('Why reefs bleach', 'Heat', :id) returning id")
                .param("id", id).one(Columns::id)).toString();
        assertThat(page("/insights")).contains("href=\"/blogs/" + blog + "\"", "Blog post: Why reefs bleach").doesNotContain("Write about this");
        assertThat(person.browser().form("/agents/research/run", Map.of("subject", id.toString(), "back", "/insights")).header("Location")).isEqualTo("/insights");
        assertThat(person.post("/api/agents/research/run", Map.of("subject", "x")).status()).isEqualTo(400);
    }

    @Test
    void aTopicHasAPageWithAllItsPosts() throws Exception {
        UUID id = topic("Coral bleaching", 9);
        person.tenant().run(() -> {
            for (int i = 0; i < 5; i++) {
                Imported.posts(door, new Post("205000000000000000" + i, "reef", "Bleached coral " + i, Instant.parse("2026-05-01T12:00:00Z"), "en", null, null,
                        new PostCounts(0, 0, 0)));
            }
            door.sql("insert into public.insight_posts (insight_id, post_id, strength) select cast(:id as uuid), id, 1 from public.tweets_cache where user_id = :tenant")
                    .param("id", id).update();
        });
        assertThat(page("/insights/" + id)).contains("Coral bleaching", "Bleached coral 0", "Bleached coral 4", "5 posts");
        assertThat(page("/insights/" + id + "?limit=2&offset=4")).contains("5–5 of 5 posts");
        assertThat(person.get("/api/insights/" + id).text("/insight/newest_at")).isEqualTo("2026-05-01T12:00:00Z");
        assertThat(person.get("/api/insights/" + id + "/posts?limit=3").json().at("/tweets")).hasSize(3);
        assertThat(people.aPerson().get("/api/insights/" + id + "/posts").status()).isEqualTo(404);
        assertThat(people.aPerson().browser().get("/insights/" + id).status()).isEqualTo(404);
    }

    @Test
    void aTopicIsDismissedAndRestored() throws Exception {
        UUID id = topic("Coral <b>bleaching</b>", 9);
        assertThat(page("/insights")).contains("Coral &lt;b&gt;bleaching&lt;/b&gt;");
        assertThat(person.browser().form("/insights/" + id + "/dismiss", Map.of("back", "/insights")).status()).isEqualTo(303);
        assertThat(page("/insights")).contains("All topics are dismissed");
        assertThat(page("/insights?show=dismissed")).contains("/insights/" + id + "/restore");
        assertThat(person.browser().form("/insights/" + id + "/restore", Map.of("back", "//evil.org")).header("Location")).isEqualTo("/insights");
        assertThat(person.get("/api/insights/" + id).json().at("/insight/dismissed").asBoolean()).isFalse();
        assertThat(person.patch("/api/insights/" + id, Map.of()).status()).isEqualTo(400);
        assertThat(person.patch("/api/insights/" + id, Map.of("topic", "mine")).status()).isEqualTo(400);
        assertThat(people.aPerson().get("/api/insights/" + id).status()).isEqualTo(404);
    }
}
