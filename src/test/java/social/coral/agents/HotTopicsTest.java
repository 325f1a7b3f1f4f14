package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.api.Page;
import social.coral.content.Insight;
import social.coral.content.InsightOrder;
import social.coral.content.Insights;
import social.coral.imports.Imported;
import social.coral.jobs.TestTurn;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;

/** The agent that finds topics, on a real database. Without vectors unless a test says so: posts are compared by their words. */
@CoralTest
class HotTopicsTest extends ScriptedRun {

    private static final List<String> REEF = List.of(
            "The coral bleaching on the reef is the worst we have seen",
            "Coral bleaching reaches the northern reef, says the institute",
            "What coral bleaching means for the reef and those who fish there");
    private static final List<String> RATES = List.of(
            "The central bank raises the key rate again",
            "Key rate up: the central bank fears inflation",
            "Why the central bank keeps its key rate high");
    private static final String ALONE = "My sourdough starter turned two today";

    @Autowired
    private List<Agent> agents;

    @Autowired
    private People people;

    @Autowired
    private Insights insights;

    private final AtomicLong ids = new AtomicLong(2_060_000_000_000_000_000L);
    private final Instant now = Instant.now();
    private TestPerson person;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
        tenant = person.tenant();
    }

    private Post post(String author, String text, String language, Duration age, int likes) {
        return new Post(Long.toString(ids.incrementAndGet()), author, text, now.minus(age), language, null, null, new PostCounts(likes, 0, 0));
    }

    private void posted(Post... posts) {
        tenant.run(() -> Imported.posts(door, posts));
    }

    private void posted(String author, List<String> texts) {
        posted(texts.stream().map(text -> post(author, text, "en", Duration.ofHours(5), 10)).toArray(Post[]::new));
    }

    private UUID queued() throws Exception {
        return tenant.call(() -> door.sql("insert into public.agent_runs (agent, trigger) values ('hot-topics', 'person') returning id")
                .one(row -> row.getObject("id", UUID.class)));
    }

    private AgentRun looked() throws Exception {
        UUID run = queued();
        tenant.call(() -> new RunEngine(agents, tools).work(run, TestTurn.ENDLESS, Instant.EPOCH));
        AgentRun read = read(run);
        assertThat(read.status()).as("%s %s", read.error(), read.steps()).isEqualTo(RunStatus.SUCCEEDED);
        return read;
    }

    private List<Insight> found() throws Exception {
        return tenant.call(() -> insights.list(null, false, InsightOrder.HOTTEST, new Page(100, 0)));
    }

    private int unread() throws Exception {
        return tenant.call(() -> door.sql("select count(*) from public.tweets_cache where user_id = :tenant and status = 'unprocessed'").one(row -> row.getInt(1)));
    }

    @Test
    void postsAboutTheSameAreOneTopicWithANameAReasonAndItsStrongestPosts() throws Exception {
        posted("reefcheck", REEF);
        posted("bank_watch", RATES);
        posted("baker", List.of(ALONE));
        assertThat(looked().progress().message()).isEqualTo("2 topics, 2 of them new");
        assertThat(found()).hasSize(2).extracting(Insight::topic).containsExactlyInAnyOrder("Coral bleaching", "Central bank");
        assertThat(found()).allSatisfy(topic -> {
            assertThat(topic.reason()).startsWith("3 posts by 1 account within a week");
            assertThat(topic.strongest()).hasSize(3);
            assertThat(topic.posts()).isEqualTo(3);
            assertThat(topic.score()).isPositive();
        });
        assertThat(unread()).isZero();
    }
}
