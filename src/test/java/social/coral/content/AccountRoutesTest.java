package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;

@CoralTest
class AccountRoutesTest {

    @Autowired
    People people;

    @Autowired
    XAccounts accounts;

    private TestPerson person;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
    }

    @Test
    void anAccountIsAddedShownChangedAndRemoved() {
        TestAnswer added = person.post("/api/x-accounts", Map.of("username", " @Coral_Reef ", "priority", 70));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.text("/x_account/username")).isEqualTo("coral_reef");
        assertThat(added.text("/x_account/state")).isEqualTo("new");
        assertThat(added.json().at("/x_account/is_active").booleanValue()).isTrue();
        assertThat(added.json().at("/x_account/posts_collected").intValue()).isZero();
        String path = "/api/x-accounts/" + added.text("/x_account/id");

        TestAnswer changed = person.patch(path, Map.of("is_active", false));
        assertThat(changed.json().at("/x_account/is_active").booleanValue()).isFalse();
        assertThat(changed.json().at("/x_account/priority").intValue()).isEqualTo(70);
        assertThat(person.get(path).json()).isEqualTo(changed.json());

        assertThat(person.delete(path).status()).isEqualTo(204);
        assertThat(person.get(path).status()).isEqualTo(404);
    }

    @Test
    void theListGoesByPriorityAndInPages() {
        person.post("/api/x-accounts", Map.of("username", "low", "priority", 0));
        person.post("/api/x-accounts", Map.of("username", "high", "priority", 100));
        person.post("/api/x-accounts", Map.of("username", "middle"));
        assertThat(usernames("/api/x-accounts")).containsExactly("high", "middle", "low");
        assertThat(usernames("/api/x-accounts?limit=1&offset=1")).containsExactly("middle");
    }

    @Test
    void theSameAccountAgainIsAConflictThatNamesIt() {
        String id = person.post("/api/x-accounts", Map.of("username", "coral")).text("/x_account/id");
        TestAnswer again = person.post("/api/x-accounts", Map.of("username", "@CORAL"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("/error_code")).isEqualTo("already_added");
        assertThat(again.text("/id")).isEqualTo(id);
        assertThat(people.aPerson().post("/api/x-accounts", Map.of("username", "coral")).status()).isEqualTo(201);
    }

    @Test
    void pastTheBoundNothingIsAddedNotEvenBySeveralAtOnce() throws Exception {
        person.tenant().run(() -> IntStream.range(1, 500).forEach(i -> accounts.add(Username.of("username", "a" + i), null)));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<TestAnswer>> adds = Stream.of("one", "two", "three", "four")
                    .map(name -> (Callable<TestAnswer>) () -> person.post("/api/x-accounts", Map.of("username", name)))
                    .toList();
            List<String> outcomes = new ArrayList<>();
            for (Future<TestAnswer> added : threads.invokeAll(adds)) {
                outcomes.add(added.get().status() + added.get().text("/error_code"));
            }
            assertThat(outcomes).containsExactlyInAnyOrder("201", "409limit", "409limit", "409limit");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"username\": \"has blank\"}", "{\"username\": \"sixteen_letters_\"}", "{\"username\": \"@@twice\"}", "{\"username\": \"ünicode\"}",
        "{\"username\": \"\"}", "{\"username\": null}", "{}", "{\"username\": 5}", "{\"username\": [\"a\"]}"})
    void whatIsNoUsernameIsRefusedByName(String body) {
        TestAnswer refused = person.post("/api/x-accounts", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo("username");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "101", "\"5\"", "5.5", "99999999999", "true"})
    void aPriorityOutOfBoundsIsRefusedByName(String priority) {
        TestAnswer refused = person.post("/api/x-accounts", "{\"username\": \"coral\", \"priority\": " + priority + "}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo("priority");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "user_id", "created_at", "state", "posts_collected", "since_id", "username", "surprise"})
    void whatIsNotThePersonsToSetIsRefusedByName(String field) {
        String id = person.post("/api/x-accounts", Map.of("username", "coral")).text("/x_account/id");
        TestAnswer refused = person.patch("/api/x-accounts/" + id, Map.of(field, "x"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo(field);
    }

    @Test
    void anotherTenantsAccountAnswersAsOneThatDoesNotExist() {
        String id = person.post("/api/x-accounts", Map.of("username", "coral")).text("/x_account/id");
        TestPerson stranger = people.aPerson();
        for (String unknown : List.of(id, UUID.randomUUID().toString(), "not-an-id")) {
            String path = "/api/x-accounts/" + unknown;
            for (TestAnswer answer : List.of(stranger.get(path), stranger.patch(path, Map.of("priority", 1)), stranger.delete(path))) {
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.body().replace(unknown, "…")).isEqualTo(stranger.get("/api/x-accounts/" + UUID.randomUUID()).body().replaceAll("[0-9a-f-]{36}", "…"));
            }
        }
        assertThat(stranger.get("/api/x-accounts").json().at("/x_accounts")).isEmpty();
        assertThat(person.get("/api/x-accounts/" + id).status()).isEqualTo(200);
        assertThat(people.aStranger().get("/api/x-accounts/" + id).status()).isEqualTo(401);
    }

    private List<String> usernames(String path) {
        return person.get(path).json().at("/x_accounts").valueStream().map(account -> account.at("/username").asString()).toList();
    }
}
