package social.coral.knowledge;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.imports.Imported;
import social.coral.installation.DatabaseServer;
import social.coral.tenancy.OwnerDoor;
import social.coral.tenancy.TenantDoor;

/** Indexes of which as many entries are wrong as there are rows, which nobody can tell by counting. */
@CoralTest
@TestPropertySource(properties = "coral.test.embeddings=true")
class RebuildTest {

    private static final String TEXT = "The tide turns at noon";

    @Autowired
    private People people;

    @Autowired
    private TenantDoor door;

    @Autowired
    private DatabaseServer server;

    @Autowired
    private WordIndex words;

    @Autowired
    private VectorIndex vectors;

    @Autowired
    private IndexFolders folders;

    private TestPerson person;

    @BeforeEach
    void wrongIndexes() {
        person = people.aPerson();
        person.tenant().run(() -> Imported.posts(door, ModelChangeContract.post("2050000000000000001", "reef", TEXT)));
        await().atMost(ofMinutes(2)).untilAsserted(() -> assertThat(vectors.of(person.tenant()).count()).isOne());
        assertThat(found()).containsExactly(TEXT);
        UUID item = words.of(person.tenant()).items(null, 1).getFirst();
        words.of(person.tenant()).put(List.of(new TenantWords.Entry(item, "Something else", "en", "post", "reef", Instant.EPOCH)));
        vectors.of(person.tenant()).put(List.of(VectorIndexContract.point(item, 1, 1)));
        assertThat(found()).isEmpty();
    }

    private List<String> found() {
        return person.get("/api/search?q=tide%20at%20noon").json().at("/results").valueStream().map(result -> result.at("/text").asString()).toList();
    }

    @Test
    void anIndexIsMadeAnewWhenAnotherBuildIsWanted() {
        try (OwnerDoor owner = OwnerDoor.open(server)) {
            owner.named(person.email()).run(() -> assertThat(Rebuild.begin(owner.tenants())).isTrue());
        }
        await().atMost(ofMinutes(1)).untilAsserted(() -> assertThat(found()).containsExactly(TEXT));
        await().atMost(ofMinutes(1)).untilAsserted(() ->
                assertThat(person.get("/api/search?q=the%20turning%20tide").json().at("/results/0/found_by").toString()).contains("meaning"));
        person.tenant().run(() -> assertThat(words.of(person.tenant()).position().build()).isEqualTo(Changes.build(door)).isPresent());
    }

    @Test
    void damagedIndexesAreMadeAnewByTheNextSearches() throws IOException {
        for (Path kind : List.of(folders.words(), folders.vectors())) {
            try (Stream<Path> files = Files.list(kind.resolve(person.tenant().id().toString()))) {
                for (Path file : files.toList()) {
                    Files.writeString(file, "");
                }
            }
        }
        await().atMost(ofMinutes(1)).ignoreExceptions().untilAsserted(() -> assertThat(found()).containsExactly(TEXT));
        await().atMost(ofMinutes(1)).untilAsserted(() ->
                assertThat(person.get("/api/search?q=the%20turning%20tide").json().at("/results/0/found_by").toString()).contains("meaning", "words"));
    }

    @Test
    void whoHasNothingToSearchHasNothingMadeAnew() {
        TestPerson other = people.aPerson();
        try (OwnerDoor owner = OwnerDoor.open(server)) {
            other.tenant().run(() -> assertThat(Rebuild.begin(owner.tenants())).isFalse());
        }
        assertThat(found()).isEmpty();
    }
}
