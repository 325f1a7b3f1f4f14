package social.coral.knowledge;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.imports.Imported;
import social.coral.installation.DatabaseServer;
import social.coral.jobs.Job;
import social.coral.jobs.Lane;
import social.coral.jobs.TestTurn;
import social.coral.knowledge.ItemRows.Item;
import social.coral.knowledge.TenantVectors.Hit;
import social.coral.knowledge.TenantVectors.Narrowing;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.tenancy.TenantDoor;

/** Another model makes another generation of vectors, and those of two are never mixed, wherever they are. */
abstract class ModelChangeContract {

    /** More than are embedded at once. */
    private static final int POSTS = 70;

    @Autowired
    People people;

    @Autowired
    TenantDoor door;

    @Autowired
    DatabaseServer database;

    @Autowired
    VectorIndex vectors;

    @Autowired
    private KnowledgeJob follower;

    @Autowired
    private ItemRows items;

    @Autowired
    VectorRows rows;

    @Autowired
    private Generations generations;

    @Autowired
    private KnowledgeIndexes indexes;

    @Autowired
    private EmbeddingChoices choices;

    /** The next model, which makes of a text what no other text has. */
    private record Next(int width, AtomicInteger asked) implements Embeddings {

        @Override
        public String model() {
            return "next";
        }

        @Override
        public List<float[]> of(List<String> texts) {
            asked.incrementAndGet();
            return texts.stream().map(text -> VectorIndexContract.vector(width, text.hashCode())).toList();
        }
    }

    void imported(TestPerson person, int from, int to) {
        Post[] posts = IntStream.range(from, to).mapToObj(i -> post("2050000000000000" + (100 + i), "reef_" + i % 2, "The tide turns at " + i))
                .toArray(Post[]::new);
        person.tenant().run(() -> Imported.posts(door, posts));
    }

    static Post post(String id, String author, String text) {
        return new Post(id, author, text, Instant.parse("2026-05-01T12:00:00Z"), "en", null, null, new PostCounts(0, 0, 0));
    }

    /** Runs a statement as the database's owner. Returns whether it gave a row. */
    boolean owner(String sql) throws SQLException {
        try (Connection owner = database.connectAsOwner();
                Statement statement = owner.createStatement()) {
            if (!statement.execute(sql)) {
                return false;
            }
            try (ResultSet row = statement.getResultSet()) {
                return row.next();
            }
        }
    }

    private EmbeddingJob job(Embeddings embeddings) {
        return new EmbeddingJob(EmbeddingJob.NAME, Lane.KNOWLEDGE, (choice, turn) -> Optional.of(embeddings), choices, items, rows, generations, indexes, Clock.systemUTC());
    }

    private static Job of(TestPerson person, String task, String key) {
        return new Job(task, person.id() + "/" + key, 0, 0, 0, 0);
    }

    private static Job index(TestPerson person) {
        return of(person, EmbeddingJob.NAME, KnowledgeJob.INDEX);
    }

    @ParameterizedTest
    @ValueSource(ints = {384, 512})
    void whileAModelTakesOverTheOneBeforeAnswersAndThenItsVectorsAreGone(int width) {
        TestPerson person = people.aPerson();
        imported(person, 0, POSTS);
        await().atMost(ofMinutes(2)).untilAsserted(() -> {
            assertThat(vectors.of(person.tenant()).count(1)).isEqualTo(POSTS);
            assertThat(owner("select from jobs.scheduled_tasks where task_instance = '" + person.id() + "/index'")).isFalse();
        });
        Next next = new Next(width, new AtomicInteger());
        TenantVectors index = vectors.of(person.tenant());
        // Its turn ends when some of the texts have their new vectors.
        assertThat(job(next).work(index(person), new TestTurn(() -> next.asked().get() > 0, () -> false))).isPresent();
        assertThat(index.count(1)).isEqualTo(POSTS);
        assertThat(person.get("/api/search?q=The%20tide%20is%20turning").json().at("/results/0/found_by").toString()).contains("meaning");

        await().atMost(ofMinutes(1)).until(() -> job(next).work(index(person), TestTurn.ENDLESS).isEmpty());
        assertThat(index.count(2)).isEqualTo(POSTS).isEqualTo(index.count());
        person.tenant().run(() -> {
            assertThat(generations.list()).extracting(Generation::model).containsExactly("next");
            assertThat(rows.extent(1).count()).isZero();
            assertThat(rows.extent(2).count()).isEqualTo(POSTS);
            for (Item item : items.after(0, POSTS)) {
                float[] made = next.of(List.of(item.text())).getFirst();
                assertThat(index.nearest(2, made, Narrowing.NONE, 1)).extracting(Hit::item).containsExactly(item.id());
            }
        });
        // One that was on its way when they were removed.
        index.put(List.of(VectorIndexContract.point(UUID.randomUUID(), 1, 1)));
        await().atMost(ofMinutes(1)).until(() -> follower.work(of(person, KnowledgeJob.NAME, KnowledgeJob.ALL), TestTurn.ENDLESS)
                .orElseThrow().isAfter(Instant.now().plusSeconds(60)));
        assertThat(index.count()).isEqualTo(POSTS);
    }

    @Test
    void aModelChangesWhereNothingIsStoredYet() {
        TestPerson person = people.aPerson();
        Next next = new Next(512, new AtomicInteger());
        assertThat(job(next).work(index(person), TestTurn.ENDLESS)).isEmpty();
        assertThat(vectors.of(person.tenant()).count()).isZero();
        imported(person, 0, 2);
        await().atMost(ofMinutes(2)).untilAsserted(() -> assertThat(vectors.of(person.tenant()).count(2)).isEqualTo(2));
        assertThat(vectors.of(person.tenant()).count()).isEqualTo(2);
    }
}
