package social.coral.knowledge;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.jobs.TestTurn;
import social.coral.tenancy.TenantDoor;

/** What agents have noted, from its first search to its erasure. */
@CoralTest
@TestPropertySource(properties = "coral.test.embeddings=true")
class NotesTest {

    @Autowired
    private People people;

    @Autowired
    private TenantDoor door;

    @Autowired
    private Notes notes;

    @Autowired
    private WordIndex words;

    @Autowired
    private VectorIndex vectors;

    @Autowired
    private KnowledgeJob job;

    private TestPerson person;

    @BeforeEach
    void somebodyWithTwoNotes() {
        person = people.aPerson();
        person.tenant().run(() -> {
            notes.keep("tweet-scraping", "reef", "Warm water is killing the corals.", "en");
            notes.keep("gone-agent", "rates", "Central banks make borrowing more expensive.", null);
        });
    }

    private static TestAnswer search(TestPerson by, String q) {
        return by.get("/api/search?kind=note&q=" + q);
    }

    private long indexed() {
        return words.of(person.tenant()).count() + vectors.of(person.tenant()).count();
    }

    private void awaitIndexed(int count) {
        await().atMost(ofMinutes(2)).untilAsserted(() -> {
            search(person, "tide");
            assertThat(indexed()).isEqualTo(count);
        });
    }

    private String id(String name) {
        return person.get("/api/notes").json().at("/notes").valueStream().filter(note -> note.get("name").asString().equals(name)).findFirst().orElseThrow()
                .get("id").asString();
    }

    @Test
    void aNoteIsFoundByItsMeaning() {
        awaitIndexed(4);
        assertThat(search(person, "interest%20rates%20go%20up").text("/results/0/text")).startsWith("Central banks");
        assertThat(search(person, "interest%20rates%20go%20up").json().at("/results/0/found_by").toString()).contains("meaning");
    }

    @Test
    void notesAreACollectionFromWhichAPersonForgets() {
        String id = id("reef");
        TestAnswer note = person.get("/api/notes/" + id);
        assertThat(note.text("/note/content")).isEqualTo("Warm water is killing the corals.");
        assertThat(note.text("/note/agent")).isEqualTo("tweet-scraping");
        assertThat(person.delete("/api/notes/" + id).status()).isEqualTo(204);
        assertThat(person.delete("/api/notes/" + id).status()).isEqualTo(404);
        assertThat(person.get("/api/notes").json().at("/notes")).hasSize(1);
        assertThat(search(person, "corals").json().at("/results")).isEmpty();
        assertThat(person.get("/api/user/audit?action=note.forgotten").text("/audit/0/subject")).isEqualTo("reef of tweet-scraping");
    }

    @Test
    void thePageTellsWhoNotedItAndForgetsItAfterAQuestion() {
        String page = person.browser().get("/knowledge?q=corals").body();
        assertThat(page).contains("Search 2 texts by words", "Collect posts", "Noted by an agent", "1 match<").doesNotContain("@null", "Details");
        assertThat(person.browser().get("/knowledge?q=corals&kind=note").body()).contains("name=\"kind\"", "1 match<");
        assertThat(person.browser().get("/knowledge?q=corals&kind=post").body()).contains("No matches", "No posts match “<bdi>corals</bdi>”.", "Search all kinds");
        assertThat(person.browser().get("/knowledge?q=corals&kind=song").body()).contains("Choose one of the kinds.", "The search ran without this filter.", "1 match<");
        assertThat(person.browser().get("/knowledge?q=borrowing").body()).contains("gone-agent");
        String forget = "/knowledge/notes/" + id("reef") + "/forget";
        assertThat(person.browser().get(forget).body()).contains("Forget this note?", "Warm water is killing", "If Collect posts finds the same again");
        assertThat(people.aPerson().browser().get(forget).status()).isEqualTo(404);
        assertThat(person.browser().form(forget, Map.of("back", "/knowledge?q=corals")).header("Location")).contains("/knowledge?q=corals");
        assertThat(person.browser().get("/knowledge?q=corals").body()).contains("No matches", "Search 1 text by words");
        assertThat(person.browser().get(forget).status()).isEqualTo(404);
    }

    @Test
    void anArchiveHoldsNotesAndBringsThemToAnotherAccountWhereTheyAreFound() {
        byte[] archive = person.api().bytes("GET", "/api/user/export", BodyPublishers.noBody(), "").body();
        TestPerson other = people.aPerson();
        for (int time = 0; time < 2; time++) {
            assertThat(other.api().send("POST", "/api/user/import", BodyPublishers.ofByteArray(archive), "application/zip").status()).isEqualTo(200);
            assertThat(other.get("/api/notes").json().at("/notes")).hasSize(2);
            assertThat(search(other, "corals").json().at("/results")).hasSize(1);
        }
        assertThat(search(person, "corals").json().at("/results")).hasSize(1);
    }

    @Test
    void anArchiveBringsNoMoreNotesThanAnAgentCanKeepAndNoneThatIsTooLong() {
        person.tenant().run(() -> door.sql("""
                insert into public.agent_notes (agent, name, content) select 'gone-agent', 'note ' || number, 'tide' from generate_series(2, :most) as number
                union all select 'third-agent', 'long', repeat('a', :most_letters)
                """).param("most", Notes.MAX_OF_AN_AGENT).param("most_letters", Notes.MAX_LENGTH + 1).update());
        byte[] archive = person.api().bytes("GET", "/api/user/export", BodyPublishers.noBody(), "").body();
        TestPerson other = people.aPerson();
        other.tenant().run(() -> notes.keep("gone-agent", "its own", "The tide turns.", "en"));
        TestAnswer imported = other.api().send("POST", "/api/user/import", BodyPublishers.ofByteArray(archive), "application/zip");
        assertThat(imported.status()).isEqualTo(200);
        assertThat(imported.body()).contains("An agent can keep 5,000 notes at most.", "A note can have 10,000 characters at most.");
        assertThat(other.tenant().call(notes::count)).isEqualTo(Notes.MAX_OF_AN_AGENT + 1);
    }

    @Test
    void notesThatLackTheirPiecesGetThem() {
        person.tenant().run(() -> {
            door.sql("delete from public.knowledge_items where user_id = :tenant").update();
            assertThat(job.work(KnowledgeJob.ALL, TestTurn.ENDLESS)).isPresent();
        });
        assertThat(search(person, "corals").json().at("/results")).hasSize(1);
    }

    @Test
    void anErasureTakesNotesAlongFromTheIndexesToo() {
        awaitIndexed(4);
        TestPerson other = people.aPerson();
        other.tenant().run(() -> notes.keep("tweet-scraping", "reef", "The tide turns.", "en"));
        person.api().send("DELETE", "/api/user", BodyPublishers.ofString("{\"waive_grace\": true}"), "application/json");
        await().atMost(ofMinutes(1)).untilAsserted(() -> assertThat(indexed()).isZero());
        await().atMost(ofMinutes(1)).untilAsserted(() -> person.tenant().run(() -> assertThat(rows()).isZero()));
        assertThat(search(other, "tide").json().at("/results")).hasSize(1);
    }

    private int rows() {
        return door.sql("select count(*) from public.agent_notes where user_id = :tenant").one(row -> row.getInt(1));
    }

    @Test
    void anothersNoteIsAsOneThatNeverWas() {
        TestPerson other = people.aPerson();
        String id = id("reef");
        assertThat(other.get("/api/notes/" + id).body().replace(id, "ID")).isEqualTo(other.get("/api/notes/" + new UUID(7, 7)).body().replace(new UUID(7, 7).toString(), "ID"));
        assertThat(other.delete("/api/notes/" + id).status()).isEqualTo(404);
        assertThat(person.get("/api/notes/" + id).status()).isEqualTo(200);
    }
}
