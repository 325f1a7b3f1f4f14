package social.coral.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.TestPerson;
import social.coral.api.Failure;
import social.coral.tenancy.TenantDoor;

@CoralTest
class IdempotencyTest {

    private static final StoredAnswer WRITTEN = new StoredAnswer(201, "application/json", null, new byte[] {'{', '}'});

    private final People people;
    private final TenantDoor door;
    private final IdempotentWrites writes;
    private TestPerson person;
    private String key;
    private TestClient keyed;

    IdempotencyTest(@Autowired People people, @Autowired TenantDoor door, @Autowired IdempotentWrites writes) {
        this.people = people;
        this.writes = writes;
        this.door = door;
    }

    @BeforeEach
    void aPersonWithANewKey() {
        person = people.aPerson();
        key = UUID.randomUUID().toString();
        keyed = person.api().with("Idempotency-Key", key);
    }

    @Test
    void aRepeatedWriteIsDoneOnceAndGetsTheSameResponse() {
        TestAnswer first = keyed.post("/api/tweets", Map.of("content", "once"));
        TestAnswer again = keyed.post("/api/tweets", Map.of("content", "once"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(drafts()).isEqualTo(1);
    }

    @Test
    void aStoredResponseIsReturnedHoweverManyKeysThereAre() {
        TestAnswer first = keyed.post("/api/tweets", Map.of("content", "once"));
        keep(10_000);

        assertThat(keyed.post("/api/tweets", Map.of("content", "once")).body()).isEqualTo(first.body());
        TestAnswer refused = person.api().with("Idempotency-Key", UUID.randomUUID().toString()).post("/api/tweets", Map.of("content", "more"));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("/error_code")).isEqualTo("too_many_idempotency_keys");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(86_000, 86_400);
        assertThat(drafts()).isEqualTo(1);
    }

    @Test
    void twoConcurrentWritesDoNotExceedTheLimit() throws Exception {
        keep(9_999);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<IdempotentWrites.Outcome> first = threads.submit(() -> person.tenant().call(() -> writes.once("first", new byte[32], () -> {
                begun.countDown();
                waitFor(second);
                return WRITTEN;
            })));
            begun.await();
            assertThatThrownBy(() -> person.tenant().call(() -> writes.once("second", new byte[32], () -> {
                second.countDown();
                return WRITTEN;
            }))).isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.code()).isEqualTo("too_many_idempotency_keys"));
            assertThat(first.get().repeated()).isFalse();
        }
    }

    /** Long enough for another to come to its end, were it not to wait. */
    private static void waitFor(CountDownLatch other) {
        try {
            other.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(int keys) {
        person.tenant().run(() -> door.transaction(() -> {
            for (int from = 0; from < keys; from += 1_000) {
                door.sql("insert into public.idempotency_keys (key, request_hash, status) values :rows")
                        .rows("rows", IntStream.range(from, Math.min(keys, from + 1_000)).mapToObj(i -> new Object[] {"kept-" + i, new byte[32], 201}).toList())
                        .update();
            }
        }));
    }

    @Test
    void theSameWriteSentManyTimesAtOnceIsDoneOnce() {
        List<TestAnswer> answers;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = IntStream.range(0, 16)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> keyed.post("/api/tweets", Map.of("content", "at once")), threads))
                    .toList().stream().map(CompletableFuture::join).toList();
        }

        assertThat(answers).extracting(TestAnswer::status).containsOnly(201);
        assertThat(answers.stream().map(TestAnswer::body).distinct()).hasSize(1);
        assertThat(drafts()).isEqualTo(1);
    }

    @Test
    void aKeyIsForOneRequestOnly() {
        keyed.post("/api/tweets", Map.of("content", "one"));

        TestAnswer other = keyed.post("/api/tweets", Map.of("content", "another"));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text("/error_code")).isEqualTo("idempotency_key_reused");
        assertThat(drafts()).isEqualTo(1);
    }

    @Test
    void aRefusedWriteCanBeCorrectedAndSentAgainWithItsKey() {
        assertThat(keyed.post("/api/tweets", Map.of("content", "")).status()).isEqualTo(400);
        assertThat(keyed.post("/api/tweets", Map.of("content", "mended")).status()).isEqualTo(201);
    }

    @Test
    void aRefusedWriteIsRolledBack() {
        TestAnswer account = keyed.post("/api/x-accounts", Map.of("username", "aurora"));
        TestAnswer taken = person.api().with("Idempotency-Key", "another").post("/api/x-accounts", Map.of("username", "aurora"));

        assertThat(account.status()).isEqualTo(201);
        assertThat(taken.status()).isEqualTo(409);
        assertThat(person.get("/api/x-accounts").json().at("/x_accounts")).hasSize(1);
    }

    @Test
    void everyTenantHasKeysOfItsOwn() {
        TestPerson other = people.aPerson();
        keyed.post("/api/tweets", Map.of("content", "mine"));

        TestAnswer theirs = other.api().with("Idempotency-Key", key).post("/api/tweets", Map.of("content", "mine"));

        assertThat(theirs.header("Idempotency-Replayed")).isNull();
        assertThat(theirs.text("/tweet/user_id")).isEqualTo(other.id().toString());
    }

    @Test
    void aRepeatedDeletionGetsTheFirstResponse() {
        String path = "/api/tweets/" + person.post("/api/tweets", Map.of("content", "to go")).text("/tweet/id");

        assertThat(keyed.delete(path).status()).isEqualTo(204);
        assertThat(keyed.delete(path).status()).isEqualTo(204);
        assertThat(person.delete(path).status()).isEqualTo(404);
    }

    @Test
    void aKeyMadeOfOtherCharactersIsRefusedByName() {
        TestAnswer answer = person.api().with("Idempotency-Key", "two words").post("/api/tweets", Map.of("content", "x"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/errors/0/field")).isEqualTo("Idempotency-Key");
    }

    @Test
    void anImportAcceptsAKeyAndRunsAsWithoutOne() {
        TestAnswer answer = keyed.send("POST", "/api/tweets/cache/import?author=aurora",
                BodyPublishers.ofString("id,text,created_at\n1,hello,2026-01-01T00:00:00Z\n"), "text/csv");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().at("/imported").asInt()).isEqualTo(1);
    }

    private int drafts() {
        return person.get("/api/tweets").json().at("/tweets").size();
    }
}
