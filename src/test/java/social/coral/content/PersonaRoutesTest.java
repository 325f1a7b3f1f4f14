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
    void everythingOfAVoiceIsKeptAsItWasGiven() {
        Map<String, Object> voice = Map.ofEntries(Map.entry("name", "Reef"), Map.entry("humour", 0), Map.entry("enthusiasm", 100), Map.entry("assertiveness", 75),
                Map.entry("expertise", "Tides 🌊"), Map.entry("audience", "مرحبا"), Map.entry("words_to_use", List.of(" tide  pool ", "Tide Pool", "", "🪸")),
                Map.entry("words_to_avoid", List.of("hype")), Map.entry("taboo_topics", List.of("politics")), Map.entry("writing_style", "Short."),
                Map.entry("samples", List.of("One.\nTwo.", "  ")), Map.entry("language", "DE-ch"));
        TestAnswer added = person.post("/api/personas", voice);
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        String path = "/api/personas/" + added.text("/persona/id");
        JsonNode persona = person.get(path).json().at("/persona");
        assertThat(persona.at("/humour").asInt()).isZero();
        assertThat(persona.at("/enthusiasm").asInt()).isEqualTo(100);
        assertThat(persona.at("/expertise").asString()).isEqualTo("Tides 🌊");
        assertThat(persona.at("/words_to_use").toString()).isEqualTo("[\"tide pool\",\"🪸\"]");
        assertThat(persona.at("/samples").toString()).isEqualTo("[\"One.\\nTwo.\"]");
        assertThat(persona.at("/language").asString()).isEqualTo("de-CH");
        assertThat(person.patch(path, Map.of("words_to_avoid", List.of())).json().at("/persona/words_to_avoid").toString()).isEqualTo("[]");
        assertThat(person.api().send("PATCH", path, java.net.http.HttpRequest.BodyPublishers.ofString("{\"language\":null,\"humour\":null}"), "application/json")
                .json().at("/persona/language").isNull()).isTrue();
        assertThat(person.get(path).json().at("/persona/audience").asString()).isEqualTo("مرحبا");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"humour\": 101}", "{\"enthusiasm\": -1}", "{\"assertiveness\": 1.5}", "{\"humour\": \"50\"}", "{\"language\": \"zz\"}", "{\"language\": \"not a tag\"}",
        "{\"language\": 5}", "{\"words_to_use\": \"one\"}", "{\"words_to_avoid\": [null]}", "{\"taboo_topics\": [\"a\\u0000\"]}", "{\"samples\": [\"\\ud800\"]}",
        "{\"words_to_avoid\": [\"Hype\"], \"words_to_use\": [\"hype\"]}", "{\"voice\": {}}"})
    void whatNoVoiceCanHaveIsRefusedByItsName(String body) {
        TestAnswer refused = person.api().send("PATCH", "/api/personas/" + list().getFirst().at("/id").asString(),
                java.net.http.HttpRequest.BodyPublishers.ofString(body), "application/json");
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo(body.split("\"")[1]);
    }

    @Test
    void listsAndTextsHaveABound() {
        List<String> many = java.util.stream.IntStream.rangeClosed(1, 51).mapToObj(i -> "word" + i).toList();
        TestAnswer refused = person.post("/api/personas", Map.of("name", "a", "words_to_use", many, "words_to_avoid", List.of("w".repeat(61)), "taboo_topics", many.subList(0, 50),
                "samples", List.of("s".repeat(3001)), "expertise", "e".repeat(501)));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors").valueStream().map(error -> error.at("/field").asString()))
                .containsExactly("expertise", "words_to_use", "words_to_avoid", "samples");
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
