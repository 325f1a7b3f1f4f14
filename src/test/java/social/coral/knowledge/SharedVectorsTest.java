package social.coral.knowledge;

import static java.time.Duration.ofMinutes;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import social.coral.CoralTest;
import social.coral.TestPerson;
import social.coral.installation.DatabaseServer;
import social.coral.tenancy.Columns;
import social.coral.tenancy.OwnerDoor;
import social.coral.tenancy.Tenant;
import tools.jackson.databind.JsonNode;

/** A vector server that is away, or of another time than the database: counted are the points that it holds itself. */
// Its connection ends with it, so that another test can see that none leaves a thread behind.
@DirtiesContext
@CoralTest
@TestPropertySource(properties = "coral.test.embeddings=true")
class SharedVectorsTest extends ModelChangeContract {

    private static final QdrantStandIn SERVER = new QdrantStandIn("key-of-the-operator-4711");
    private static final String LATER = "task_name in ('knowledge', 'embedding', 'erasure') and task_instance !~ '/all$'";

    @Autowired
    private WordIndex words;

    @Autowired
    private GoneTenants gone;

    @Autowired
    private DatabaseServer database;

    @Autowired
    private Environment environment;

    @DynamicPropertySource
    static void server(DynamicPropertyRegistry settings) {
        settings.add("coral.knowledge.qdrant.host", SERVER::url);
        settings.add("coral.knowledge.qdrant.api-key", () -> "key-of-the-operator-4711");
    }

    @AfterAll
    static void stopped() {
        SERVER.close();
    }

    private TestPerson withPosts(int from, int to) {
        TestPerson person = people.aPerson();
        imported(person, from, to);
        awaitPoints(person, to - from);
        return person;
    }

    private static Set<UUID> points(TestPerson person) {
        QdrantStandInCollection collection = SERVER.collections.get(QdrantCollection.NAME);
        return collection == null ? Set.of() : collection.points.values().stream()
                .filter(point -> said(point, PointField.TENANT).equals(person.id().toString()))
                .map(point -> UUID.fromString(said(point, PointField.ITEM)))
                .collect(toSet());
    }

    private static String said(PointStruct point, PointField field) {
        return point.getPayloadOrDefault(field.key(), Value.getDefaultInstance()).getStringValue();
    }

    private Set<UUID> rows(TestPerson person) {
        Set<UUID> rows = new HashSet<>();
        person.tenant().run(() -> rows.addAll(door.sql("select id from public.knowledge_items where user_id = :tenant").list(Columns::id)));
        return rows;
    }

    /** Until every row has its point, and no point is without its row. */
    private void awaitPoints(TestPerson person, int count) {
        await().atMost(ofMinutes(3)).untilAsserted(() -> {
            hurry();
            assertThat(points(person)).hasSize(count).isEqualTo(rows(person));
        });
    }

    /** Has what is to be tried again later tried now. */
    private void hurry() throws SQLException {
        owner("update jobs.scheduled_tasks set execution_time = now() where not picked and " + LATER);
        owner("select jobs.stand_in_line(task_name, line, now()) from jobs.scheduled_tasks where not picked and " + LATER);
    }

    private boolean isThere(TestPerson person) throws SQLException {
        return owner("select from auth.users where id = '" + person.id() + "'");
    }

    /** Whether its rows are gone, and what is kept elsewhere is next. */
    private boolean isBeingErased(TestPerson person) throws SQLException {
        return owner("select from tenancy.erasures where fence is not null and finished_at is null"
                + " and person_hash = sha256(convert_to('" + person.id() + "', 'UTF8'))");
    }

    private void removed(TestPerson person, String which) {
        person.tenant().run(() -> door.transaction(() -> {
            door.sql("delete from public.tweets_cache where user_id = :tenant and " + which).update();
            door.removed("tweets_cache");
        }));
    }

    @Test
    void whatGoesWhileItIsAwayIsGoneFromItAfterwards() throws SQLException {
        TestPerson person = withPosts(0, 6);
        TestPerson leaver = withPosts(0, 2);
        SERVER.down();
        removed(person, "content like '%at 0'");
        removed(person, "author = 'reef_1'");
        leaver.api().send("DELETE", "/api/user", BodyPublishers.ofString("{\"waive_grace\": true}"), "application/json");
        JsonNode answer = person.get("/api/search?q=tide").json();
        assertThat(answer.at("/results")).hasSize(2)
                .allSatisfy(result -> assertThat(result.at("/found_by").toString()).isEqualTo("[\"words\"]"));
        assertThat(answer.at("/notice").asString()).startsWith("Only words were searched");
        await().atMost(ofMinutes(1)).untilAsserted(() -> assertThat(rows(leaver)).isEmpty());
        await().atMost(ofMinutes(1)).untilAsserted(() -> assertThat(isBeingErased(leaver)).isTrue());
        hurry();
        assertThat(isThere(leaver)).isTrue();
        assertThat(points(person)).hasSize(6);
        assertThat(points(leaver)).hasSize(2);

        SERVER.up();
        awaitPoints(person, 2);
        await().atMost(ofMinutes(2)).untilAsserted(() -> {
            hurry();
            assertThat(isThere(leaver)).isFalse();
        });
        assertThat(points(leaver)).isEmpty();
        assertThat(vectors.of(leaver.tenant()).count() + words.of(leaver.tenant()).count()).isZero();
    }

    /** As in a database of yesterday: its rows and its numbers, and other rows under numbers that the server has seen. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDatabaseOfAnotherTimeIsWhatItHoldsInTheEnd(boolean byRestore) throws SQLException {
        TestPerson person = withPosts(0, 5);
        person.tenant().run(() -> door.transaction(() -> {
            door.sql("delete from public.tweets_cache where user_id = :tenant and content ~ 'at [234]$'").update();
            long last = rows.extent(1).lastChange();
            door.sql("update public.knowledge_heads set change = :last where user_id = :tenant").param("last", last).update();
            door.sql("update public.knowledge_generations set embedded_to = :last, indexed_to = :last where user_id = :tenant")
                    .param("last", last)
                    .update();
        }));
        if (byRestore) {
            try (OwnerDoor owner = OwnerDoor.open(database)) {
                person.tenant().run(() -> assertThat(Rebuild.begin(owner.tenants())).isTrue());
            }
        }
        imported(person, 7, 9);
        awaitPoints(person, 4);
        await().atMost(ofMinutes(1)).untilAsserted(() -> assertThat(person.get("/api/search?q=tide").json().at("/notice").isNull()).isTrue());
    }

    @Test
    void aServerThatWasEmptiedIsFilledAgainByTheFirstSearchThatNotices() {
        TestPerson person = withPosts(0, 3);
        await().atMost(ofMinutes(2)).untilAsserted(() -> assertThat(vectors.of(person.tenant()).count()).isEqualTo(3));
        vectors.of(person.tenant()).clear();
        assertThat(KnowledgeCheckup.of(database, environment).getLast().sentence()).contains("lacks about", "./coral reindex");
        assertThat(person.get("/api/search?q=the%20sea%20comes%20and%20goes").json().at("/notice").asString()).contains("the vector server is being filled");
        await().atMost(ofMinutes(2)).untilAsserted(() -> assertThat(vectors.of(person.tenant()).count()).isEqualTo(3));
        assertThat(person.get("/api/search?q=the%20sea%20comes%20and%20goes").json().at("/notice").isNull()).isTrue();
    }

    @Test
    void thePointsOfSomebodyWhomTheDatabaseDoesNotKnowAreRemoved() {
        Tenant unknown = new Tenant(UUID.randomUUID());
        words.of(unknown).put(List.of(new TenantWords.Entry(UUID.randomUUID(), "The tide turns", "en", "post", "reef", Instant.EPOCH)));
        vectors.of(unknown).put(List.of(VectorIndexContract.point(UUID.randomUUID(), 1, 1)));
        SERVER.down();
        gone.look();
        SERVER.up();
        assertThat(words.of(unknown).count()).isOne();
        await().atMost(ofMinutes(2)).untilAsserted(() -> {
            gone.look();
            assertThat(words.of(unknown).count()).isZero();
        });
        assertThat(vectors.of(unknown).count()).isZero();
    }
}
