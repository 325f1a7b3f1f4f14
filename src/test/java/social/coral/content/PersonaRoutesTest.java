package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import tools.jackson.databind.JsonNode;

@CoralTest
class PersonaRoutesTest {

    @Autowired
    People people;

    private TestPerson person;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
    }

    @Test
    void aNewPersonHasOneVoiceAndItIsTheDefault() {
        assertThat(list()).singleElement().satisfies(persona -> {
            assertThat(persona.at("/is_default").booleanValue()).isTrue();
            assertThat(persona.at("/tone").asString()).isEqualTo("professional");
        });
    }

    @Test
    void aVoiceIsAddedChangedAndDeleted() {
        TestAnswer added = person.post("/api/personas", Map.of("name", "  Diver ", "tone", "dry"));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.text("/persona/name")).isEqualTo("Diver");
        String path = "/api/personas/" + added.text("/persona/id");
        assertThat(person.patch(path, Map.of("description", "Under water")).text("/persona/description")).isEqualTo("Under water");
        assertThat(person.get(path).text("/persona/tone")).isEqualTo("dry");
        assertThat(person.post("/api/personas", Map.of("name", "Diver")).text("/error_code")).isEqualTo("already_exists");
        assertThat(person.delete(path).status()).isEqualTo(204);
        assertThat(person.get(path).status()).isEqualTo(404);
    }

    @Test
    void theDefaultMovesAndNeverLeaves() {
        String first = list().getFirst().at("/id").asString();
        TestAnswer added = person.post("/api/personas", Map.of("name", "Diver", "is_default", true));
        assertThat(defaults()).containsExactly("Diver");
        assertThat(person.patch("/api/personas/" + first, Map.of("is_default", true)).status()).isEqualTo(200);
        assertThat(defaults()).containsExactly("My voice");

        assertThat(person.patch("/api/personas/" + first, Map.of("is_default", false)).text("/error_code")).isEqualTo("default_needed");
        TestAnswer kept = person.delete("/api/personas/" + first);
        assertThat(kept.status()).isEqualTo(409);
        assertThat(kept.text("/error_code")).isEqualTo("default_needed");
        assertThat(person.delete("/api/personas/" + added.text("/persona/id")).status()).isEqualTo(204);
        assertThat(defaults()).containsExactly("My voice");
    }

    @Test
    void whoeverWantsToBeTheDefaultAtTheSameTimeOneIs() throws Exception {
        List<String> paths = List.of("A", "B", "C", "D", "E").stream()
                .map(name -> "/api/personas/" + person.post("/api/personas", Map.of("name", name)).text("/persona/id"))
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> moves = paths.stream().map(path -> (Callable<Integer>) () -> person.patch(path, Map.of("is_default", true)).status()).toList();
            for (Future<Integer> moved : threads.invokeAll(moves)) {
                assertThat(moved.get()).isEqualTo(200);
            }
        }
        assertThat(defaults()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"name\": \" \"}", "{\"name\": \"\\u200b\\u200b\"}", "{\"tone\": \"\", \"name\": \"a\"}", "{\"description\": 5, \"name\": \"a\"}", "{\"is_default\": \"yes\", \"name\": \"a\"}",
        "{\"user_id\": \"x\", \"name\": \"a\"}", "{\"name\": \"a\\u0000\"}"})
    void whatIsNoVoiceIsRefusedByName(String body) {
        TestAnswer refused = person.post("/api/personas", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo(body.split("\"")[1]);
    }

    @Test
    void aVoiceThatIsTooLongIsRefusedFieldByField() {
        TestAnswer refused = person.post("/api/personas", Map.of("name", "n".repeat(81), "description", "d".repeat(2001), "tone", "t".repeat(81)));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors")).hasSize(3);
    }

    @Test
    void anotherTenantsVoiceAnswersAsOneThatDoesNotExist() {
        String path = "/api/personas/" + list().getFirst().at("/id").asString();
        TestPerson stranger = people.aPerson();
        String nothing = "/api/personas/" + UUID.randomUUID();
        assertThat(List.of(stranger.get(path), stranger.patch(path, Map.of("is_default", true)), stranger.delete(path))).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body().replace(path, nothing)).isEqualTo(stranger.get(nothing).body());
        });
        assertThat(defaults()).containsExactly("My voice");
    }

    private List<JsonNode> list() {
        return person.get("/api/personas").json().at("/personas").valueStream().toList();
    }

    private List<String> defaults() {
        return list().stream().filter(persona -> persona.at("/is_default").booleanValue()).map(persona -> persona.at("/name").asString()).toList();
    }
}
