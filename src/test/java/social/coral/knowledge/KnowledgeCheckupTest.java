package social.coral.knowledge;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.env.MockEnvironment;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.imports.Imported;
import social.coral.installation.DatabaseServer;
import social.coral.installation.Finding.Level;
import social.coral.installation.Finding;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.tenancy.OwnerDoor;
import social.coral.tenancy.TenantDoor;

@CoralTest
class KnowledgeCheckupTest {

    @Autowired
    private People people;

    @Autowired
    private TenantDoor door;

    @Autowired
    private DatabaseServer server;

    @Test
    void textsThatHaveWaitedLongForTheirVectorsAreAWarning() {
        TestPerson person = people.aPerson();
        person.tenant().run(() -> Imported.posts(door, new Post("2050000000000000001", "reef", "The tide turns", Instant.parse("2026-05-01T12:00:00Z"), "en", null, null, new PostCounts(0, 0, 0))));
        await().atMost(ofMinutes(2)).untilAsserted(() ->
                assertThat(texts()).satisfies(found -> assertThat(found.level()).isEqualTo(Level.OK)).extracting(Finding::sentence).asString().contains(MiniLmModel.NAME, "384 numbers").doesNotContain("no vector yet"));
        try (OwnerDoor owner = OwnerDoor.open(server)) {
            person.tenant().run(() -> {
                owner.tenants().sql("update public.knowledge_generations set embedded_to = 0 where user_id = :tenant").update();
                owner.tenants().sql("update public.knowledge_items set added_at = now() - interval '90 minutes' where user_id = :tenant").update();
                assertThat(texts()).isEqualTo(Finding.warning("knowledge", texts().sentence())).extracting(Finding::sentence).asString().contains("1 have no vector yet, the oldest since 90 min", "coral.log");
                owner.tenants().sql("update public.knowledge_generations set embedded_to = 100 where user_id = :tenant").update();
            });
        }
    }

    @Test
    void whatAVectorServerLacksIsCountedWhereThereIsOne() {
        assertThat(KnowledgeCheckup.of(server, new MockEnvironment())).hasSize(1);
        assertThat(KnowledgeCheckup.of(server, new MockEnvironment().withProperty("coral.knowledge.qdrant.host", "http://localhost:6334"))).hasSize(2)
                .last().extracting(Finding::sentence).asString().startsWith("the vector server ");
    }

    private Finding texts() {
        return KnowledgeCheckup.of(server, new MockEnvironment()).getFirst();
    }
}
