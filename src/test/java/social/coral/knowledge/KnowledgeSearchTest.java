package social.coral.knowledge;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.imports.Imported;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.tenancy.TenantDoor;
import tools.jackson.databind.JsonNode;

@CoralTest
@TestPropertySource(properties = "coral.test.embeddings=true")
class KnowledgeSearchTest {

    private static final Instant WRITTEN = Instant.parse("2026-05-01T12:00:00Z");

    @Autowired
    private People people;

    @Autowired
    private TenantDoor door;

    private TestPerson person;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
    }

    private void imported(TestPerson by, String... texts) {
        by.tenant().run(() -> Imported.posts(door, IntStream.range(0, texts.length).mapToObj(i -> new Post(
                "20500000000000" + (10_000 + i), "reef_" + i, texts[i], WRITTEN.plusSeconds(60L * i), "en", null, null, new PostCounts(0, 0, 0))).toArray(Post[]::new)));
    }

    private JsonNode search(TestPerson by, String q, String more) {
        return by.get("/api/search?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8) + more).json();
    }

    private List<String> found(String q, String more) {
        return StreamSupport.stream(search(person, q, more).at("/results").spliterator(), false).map(result -> result.at("/text").asString()).toList();
    }

    private int vectors() {
        return door.sql("select count(*) from public.knowledge_vectors where user_id = :tenant").one(row -> row.getInt(1));
    }

    private void awaitVectors(TestPerson of, int count) {
        await().atMost(ofMinutes(2)).untilAsserted(() -> of.tenant().run(() -> assertThat(vectors()).isEqualTo(count)));
    }

    @Test
    void aPostIsFoundByItsWordsAtOnceAndByItsMeaningSoonAfter() {
        imported(person, "Warm water is killing the corals.", "Central banks make borrowing more expensive.", "The kettle is on.");
        assertThat(found("corals", "")).containsExactly("Warm water is killing the corals.");
        awaitVectors(person, 3);
        JsonNode answer = search(person, "Interest rates go up", "");
        JsonNode first = answer.at("/results/0");
        assertThat(first.at("/text").asString()).startsWith("Central banks");
        assertThat(first.at("/kind").asString()).isEqualTo("post");
        assertThat(first.at("/found_by/0").asString()).isEqualTo("meaning");
        assertThat(first.at("/author").asString()).isEqualTo("reef_1");
        assertThat(first.at("/source").asString()).isEqualTo("imported");
        assertThat(first.at("/url").asString()).isEqualTo("https://x.com/reef_1/status/2050000000000010001");
        assertThat(first.at("/created_at").asString()).isEqualTo("2026-05-01T12:01:00Z");
        assertThat(first.at("/score").asDouble()).isBetween(0.1, 1.0);
        assertThat(answer.at("/notice").isNull()).isTrue();
    }

    @Test
    void whatIsTakenAwayIsFoundNoMore() {
        imported(person, "Low tide at the pier", "High tide at the pier");
        awaitVectors(person, 2);
        person.tenant().run(() -> door.sql("delete from public.tweets_cache where user_id = :tenant and content like 'Low%'").update());
        assertThat(found("tide at the pier", "")).containsExactly("High tide at the pier");
    }

    @Test
    void nobodyFindsWhatIsAnothers() {
        imported(person, "The lighthouse keeper counts the ships");
        awaitVectors(person, 1);
        TestPerson other = people.aPerson();
        assertThat(search(other, "lighthouse keeper", "").at("/results")).isEmpty();
        assertThat(found("lighthouse keeper", "")).hasSize(1);
    }

    @Test
    void neitherManyPostsThatSayTheSameNorLongOnesKeepOthersFromBeingFound() {
        String[] texts = new String[160];
        for (int i = 0; i < 150; i++) {
            texts[i] = "Good morning everybody, coffee is ready! https://t.co/" + i;
        }
        for (int i = 150; i < 156; i++) {
            texts[i] = ("The harbour is busy on morning number " + i + ". ").repeat(400);
        }
        for (int i = 156; i < 160; i++) {
            texts[i] = "Last morning we spoke at length about how harbour authority number " + i + " counts its ships and their crews";
        }
        imported(person, texts);
        await().atMost(ofMinutes(2)).untilAsserted(() -> {
            assertThat(found("morning", "&limit=100")).hasSize(11);
            assertThat(found("harbour", "&limit=100")).hasSize(10);
        });
        assertThat(search(person, "coffee", "").at("/results/0/alike").asInt()).isEqualTo(149);
    }

    @Test
    void textsAreOneResultOnlyIfTheySayTheSame() {
        String introduction = "The harbour observatory sends its weekly letter to all who like the sea. ".repeat(14);
        imported(person, "The ferry from Kiel to Oslo costs 89 euros", "The ferry from Kiel to Oslo costs 189 euros", "RT @reef_0: The ferry from Kiel to Oslo costs 89 euros",
                introduction + "This week a walrus came to the pier.", introduction + "This week a glacier broke.");
        assertThat(found("ferry", "")).hasSize(2);
        assertThat(found("observatory", "")).hasSize(2);
    }

    @Test
    void aSearchIsNarrowedByAuthorAndTime() {
        imported(person, "Turtles nest on the beach", "Turtles hatch on the beach at night");
        assertThat(found("turtles", "&author=@REEF_1")).containsExactly("Turtles hatch on the beach at night");
        assertThat(found("turtles", "&to=2026-05-01T12:01:00Z")).containsExactly("Turtles nest on the beach");
        assertThat(found("turtles", "&from=2026-05-01T12:01:00Z&kind=post")).containsExactly("Turtles hatch on the beach at night");
        assertThat(found("turtles", "&limit=1")).hasSize(1);
    }

    @Test
    void nearlyTheSameIsShownOnce() {
        imported(person, "The dome opens at eight tonight, bring a warm coat! https://t.co/one", "The dome opens at eight tonight: bring a warm coat. https://t.co/two");
        JsonNode results = search(person, "dome tonight", "").at("/results");
        assertThat(results).hasSize(1);
        assertThat(results.at("/0/alike").asInt()).isEqualTo(1);
    }

    @Test
    void wordsInQuotesAndWordsBehindAMinusGoByWordsAlone() {
        imported(person, "A quiet night at the observatory", "The night was quiet", "The night was loud at the observatory");
        awaitVectors(person, 3);
        assertThat(found("\"quiet night\"", "")).containsExactly("A quiet night at the observatory");
        assertThat(found("night -quiet", "")).containsExactly("The night was loud at the observatory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zzzqqq", "qwxz", "!!!", "👍", "hhhhh jkjk", "12345"})
    void aQuestionInNoLanguageFindsNothing(String question) {
        imported(person, "Fuzzing for 25 hours found four crashes", "Thanks for 1,000 visitors!", "A day on Venus is longer than its year 🪐");
        awaitVectors(person, 3);
        assertThat(found(question, "")).isEmpty();
        assertThat(found("Venus", "")).hasSize(1);
    }

    @Test
    void signsAloneAreFoundAsTheyAre() {
        imported(person, "Well done 👍", "Congratulations to all");
        awaitVectors(person, 2);
        assertThat(found("👍", "")).containsExactly("Well done 👍");
    }

    @ParameterizedTest
    @CsvSource({"q=,q", "q=%20,q", "q=-reef,q", "q=-reef%20-%22low%20tide%22,q", "q=a&kind=song,kind", "q=a&limit=0,limit", "q=a&limit=101,limit", "q=a&limit=x,limit", "q=a&from=yesterday,from",
        "q=a&from=2026-05-02T00:00:00Z&to=2026-05-01T00:00:00Z,to", "q=a&author=@,author"})
    void whatCannotBeSearchedForIsRefusedByItsField(String query, String field) {
        assertThat(person.get("/api/search?" + query).status()).isEqualTo(400);
        assertThat(person.get("/api/search?" + query).json().at("/errors/0/field").asString()).isEqualTo(field);
    }

    @Test
    void aMinusAloneIsToldThatItNeedsAWord() {
        assertThat(person.get("/api/search?q=-reef").body()).contains("Add a word to search for. A minus only leaves posts out.");
    }

    @Test
    void aTenantHasASearchLimitOfItsOwn() {
        for (int i = 0; i < SearchLimit.PER_MINUTE; i++) {
            person.get("/api/search?q=tide");
        }
        assertThat(person.get("/api/search?q=tide").status()).isIn(200, 429);
        assertThat(IntStream.range(0, 20).map(i -> person.get("/api/search?q=tide").status()).toArray()).contains(429);
        assertThat(people.aPerson().get("/api/search?q=tide").status()).isEqualTo(200);
    }
}
