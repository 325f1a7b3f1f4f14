package social.coral.knowledge;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.imports.Imported;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;

/** What the indexes hold of people who are gone. */
@CoralTest
@TestPropertySource(properties = "coral.test.embeddings=true")
class GoneTenantsTest {

    @Autowired
    private People people;

    @Autowired
    private TenantDoor door;

    @Autowired
    private IndexFolders folders;

    @Autowired
    private WordIndex words;

    @Autowired
    private VectorIndex vectors;

    @Autowired
    private GoneTenants gone;

    private TestPerson withAPost() {
        TestPerson person = people.aPerson();
        person.tenant().run(() -> Imported.posts(door, ModelChangeContract.post("2050000000000000001", "reef", "The tide turns")));
        await().atMost(ofMinutes(2)).untilAsserted(() -> assertThat(indexed(person.tenant())).isEqualTo(2));
        return person;
    }

    private long indexed(Tenant tenant) {
        return words.of(tenant).count() + vectors.of(tenant).count();
    }

    private List<Path> foldersOf(Tenant tenant) {
        return Stream.of(folders.words(), folders.vectors()).map(kind -> kind.resolve(tenant.id().toString())).filter(Files::exists).toList();
    }

    @Test
    void anErasureTakesTheIndexesAlongAndNobodyElses() {
        TestPerson leaver = withAPost();
        TestPerson other = withAPost();
        assertThat(foldersOf(leaver.tenant())).hasSize(2);
        leaver.api().send("DELETE", "/api/user", BodyPublishers.ofString("{\"waive_grace\": true}"), "application/json");
        await().atMost(ofMinutes(1)).untilAsserted(() -> assertThat(foldersOf(leaver.tenant())).isEmpty());
        assertThat(indexed(leaver.tenant())).isZero();
        assertThat(indexed(other.tenant())).isEqualTo(2);
    }

    @Test
    void aProcessRemovesWhatItHasOfThoseWhomAnotherHasErased() {
        Tenant erased = new Tenant(UUID.randomUUID());
        words.of(erased).put(List.of(new TenantWords.Entry(UUID.randomUUID(), "The tide turns", "en", "post", "reef", Instant.EPOCH)));
        vectors.of(erased).put(List.of(VectorIndexContract.point(UUID.randomUUID(), 1, 1)));
        TestPerson other = withAPost();
        gone.look();
        assertThat(foldersOf(erased)).isEmpty();
        assertThat(indexed(erased)).isZero();
        assertThat(indexed(other.tenant())).isEqualTo(2);
    }

    @Test
    void foldersOfTenantsAreLookedThroughSomeAtATime() throws Exception {
        Path root = Files.createTempDirectory("folders");
        try {
            IndexFolders own = new IndexFolders(root);
            own.tenants(2, some -> assertThat(some).isEmpty());
            Set<UUID> all = new HashSet<>();
            for (int i = 0; i < 5; i++) {
                UUID tenant = UUID.randomUUID();
                all.add(tenant);
                Files.createDirectories((i % 2 == 0 ? own.words() : own.vectors()).resolve(tenant.toString()));
            }
            Files.createDirectories(own.words().resolve("lost+found"));
            Set<UUID> found = new HashSet<>();
            own.tenants(2, some -> {
                assertThat(some).hasSizeLessThanOrEqualTo(2);
                found.addAll(some);
            });
            assertThat(found).isEqualTo(all);
        } finally {
            OpenIndex.remove(root);
        }
    }
}
