package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.portability.ImportTurns;
import social.coral.installation.DatabaseServer;
import social.coral.tenancy.TenantDoor;

/** What is done to an import of more posts than a request changes: it is begun at once and goes on without the request. */
@CoralTest
class LargeImportTest {

    private static final String IMPORTS = "/api/tweets/cache/imports";
    private static final int POSTS = 25_000;
    private static final Duration LONG = Duration.ofMinutes(2);

    @Autowired private People people;
    @Autowired private TenantDoor door;
    @Autowired private DatabaseServer server;
    @Autowired private PastImports past;
    @Autowired private ImportTurns turns;

    private final UUID id = UUID.randomUUID();
    private TestPerson person;

    @BeforeEach
    void aLargeImport() {
        person = people.aPerson();
        person.tenant().run(() -> door.transaction(() -> {
            door.sql("insert into public.imports (id, file_name, author, imported, ended_at) values (:id, 'archive.zip', 'reef', :posts, now())").param("id", id).param("posts", POSTS).update();
            door.sql("""
                    insert into public.tweets_cache (network, tweet_id, author, content, source, created_at, import_id)
                    select 'x', n::text, 'reef', 'tide', 'imported', timestamptz '2025-01-01' + n / 10 * interval '1 minute', :id from generate_series(1, :posts) n
                    """).param("id", id).param("posts", POSTS).update();
            door.sql("update public.tweets_cache set source = 'collected', import_id = null where user_id = :tenant and tweet_id = '7'").update();
        }));
    }

    @Test
    void isTakenBackWithoutHoldingTheRequestAndLeavesWhatWasCollectedAsWell() {
        assertThat(person.delete(IMPORTS + "/" + id).status()).isEqualTo(202);
        Awaitility.await().atMost(LONG).until(() -> person.get(IMPORTS).json().get("imports").isEmpty());
        assertThat(person.get("/api/tweets/cache").json().get("tweets").findValuesAsString("tweet_id")).containsExactly("7");
        assertThat(person.get("/api/user/audit?action=import.deleted").text("/audit/0/subject")).isEqualTo("archive.zip: 24,999 posts");
        assertThat(person.get("/api/user/audit?action=import.take_back_started").json().get("audit")).hasSize(1);
    }

    /** Both choose the same posts first, and one of them finds these gone. */
    @Test
    void isTakenBackToTheLastPostByTwoWhoDoSoAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            List<Future<?>> other = new ArrayList<>();
            person.tenant().run(() -> door.transaction(() -> {
                door.sql("""
                        delete from public.tweets_cache where user_id = :tenant and id = any(array(
                          select id from public.tweets_cache where user_id = :tenant and import_id = :id order by created_at desc, id limit :most))
                        """).param("id", id).param("most", ImportChange.BATCH_SIZE).update();
                other.add(threads.submit(() -> person.tenant().run(() -> past.takeBack(id))));
                Awaitility.await().atMost(LONG).until(this::somebodyWaitsForARow);
            }));
            other.getFirst().get();
        }
        Awaitility.await().atMost(LONG).until(() -> person.get(IMPORTS).json().get("imports").isEmpty());
        assertThat(person.get("/api/tweets/cache").json().get("tweets").findValuesAsString("tweet_id")).containsExactly("7");
    }

    @Test
    void isAttributedOnlyWhenItHasEnded() throws Exception {
        UUID running = UUID.randomUUID();
        person.tenant().call(() -> turns.take(new MockHttpServletRequest(), turn -> {
            door.sql("insert into public.imports (id, file_name) values (:id, 'running.zip')").param("id", running).update();
            assertThat(person.patch(IMPORTS + "/" + running, Map.of("author", "brook")).text("/error_code")).isEqualTo("import_under_way");
            return true;
        }));
        assertThat(person.patch(IMPORTS + "/" + running, Map.of("author", "brook")).text("/author")).isEqualTo("brook");
    }

    @Test
    void isAttributedToAnotherAuthorToTheLastPost() {
        assertThat(person.patch(IMPORTS + "/" + id, Map.of("author", "@Brook")).text("/author")).isEqualTo("brook");
        Awaitility.await().atMost(LONG).until(() -> by("reef") == 1);
        assertThat(by("brook")).isEqualTo(POSTS - 1);
    }

    @Test
    void whatIsBeingTakenBackIsToldWithWhatIsRemovedAndNotAttributed() {
        person.tenant().run(() -> door.sql("update public.imports set removed = 5 where user_id = :tenant and id = :id").param("id", id).update());
        assertThat(person.get(IMPORTS).json().at("/imports/0/removed").asInt()).isEqualTo(5);
        assertThat(person.patch(IMPORTS + "/" + id, Map.of("author", "brook")).text("/error_code")).isEqualTo("import_taken_back");
        assertThat(by("brook")).isZero();
    }

    @Test
    void anImportThatIsTakenBackWhileItRunsAddsNothingMore() {
        person.tenant().run(() -> {
            ImportedPosts running = new ImportedPosts(door, new ImportEntry(door), () -> {});
            running.add(List.of(ImportStore.ReadPost.of(post("1899764561337417728"), false, false, List.of(), Set.of())));
            PastImport own = past.list("upload", new social.coral.api.Page(1, 0)).getFirst();
            assertThat(own.imported()).as("counted while it runs").isEqualTo(1);
            assertThat(past.takeBack(own.id())).isEqualTo(new TakenBack(1, true));
            assertThatThrownBy(() -> running.add(List.of(ImportStore.ReadPost.of(post("1899764561337417729"), false, false, List.of(), Set.of())))).hasMessageContaining("You undid this import");
            assertThat(past.posts(own.id())).isZero();
        });
    }

    @Test
    void anAuthorNamedForAnImportThatRunsInAnotherProcessIsTheOneOfItsLaterPostsAsWell() {
        person.tenant().run(() -> {
            ImportEntry entry = new ImportEntry(door);
            ImportedPosts running = new ImportedPosts(door, entry, () -> {});
            running.add(List.of(ImportStore.ReadPost.of(post("1899764561337417728"), false, false, List.of(), Set.of())));
            past.attribute(entry.id(), "brook");
            running.add(List.of(ImportStore.ReadPost.of(post("1899764561337417729"), false, false, List.of(), Set.of())));
            ImportResult result = new ImportReport().result(new Batches(new MemoryStore(), new Remarks(), () -> {}), 0);
            assertThat(door.<Boolean>transaction(() -> entry.end(result, "reef", Ending.COMPLETE, null))).as("has to be brought to what the row says").isTrue();
        });
    }

    @Test
    void anImportThatIsStoppedAddsNothingMoreWhicheverProcessRunsIt() {
        person.tenant().run(() -> {
            ImportedPosts running = new ImportedPosts(door, new ImportEntry(door), () -> {});
            running.add(List.of(ImportStore.ReadPost.of(post("1899764561337417728"), false, false, List.of(), Set.of())));
            past.stop();
            assertThatThrownBy(() -> running.add(List.of(ImportStore.ReadPost.of(post("1899764561337417729"), false, false, List.of(), Set.of())))).hasMessage("You stopped it.");
            PastImport own = past.list("upload", new social.coral.api.Page(1, 0)).getFirst();
            assertThat(own.ending()).isEqualTo(Ending.STOPPED);
            assertThat(past.posts(own.id())).isEqualTo(1);
            past.stop();
            assertThat(past.get(id).ending()).as("an import that is over").isNull();
        });
    }

    private boolean somebodyWaitsForARow() throws SQLException {
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement();
                ResultSet waiting = statement.executeQuery("select count(*) from pg_locks where not granted and locktype in ('transactionid', 'tuple')")) {
            return waiting.next() && waiting.getInt(1) > 0;
        }
    }

    private int by(String author) {
        int[] found = {0};
        person.tenant().run(() -> found[0] = door.sql("select count(*) from public.tweets_cache where user_id = :tenant and author = :author").param("author", author).one(row -> row.getInt(1)));
        return found[0];
    }

    private static Post post(String id) {
        return new Post(id, "reef", "tide", Instant.parse("2025-03-12T00:00:00Z"), null, null, null, PostCounts.NONE);
    }
}
