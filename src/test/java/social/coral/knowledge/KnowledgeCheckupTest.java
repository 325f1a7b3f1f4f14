package social.coral.knowledge;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.test.context.TestPropertySource;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.imports.Imported;
import social.coral.installation.DatabaseServer;
import social.coral.installation.Finding.Level;
import social.coral.installation.Finding;
import social.coral.tenancy.OwnerDoor;
import social.coral.tenancy.TenantDoor;

@CoralTest
@TestPropertySource(properties = "coral.test.embeddings=true")
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
        person.tenant().run(() -> Imported.posts(door, ModelChangeContract.post("2050000000000000001", "reef", "The tide turns")));
        await().atMost(ofMinutes(2)).untilAsserted(() ->
                assertThat(texts().sentence()).contains(MiniLmModel.NAME, "384 numbers").doesNotContain("no vector yet"));
        assertThat(texts().level()).isEqualTo(Level.OK);
        try (OwnerDoor owner = OwnerDoor.open(server)) {
            person.tenant().run(() -> {
                owner.tenants().sql("update public.knowledge_generations set embedded_to = 0 where user_id = :tenant").update();
                owner.tenants().sql("update public.knowledge_items set added_at = now() - interval '90 minutes' where user_id = :tenant").update();
                assertThat(texts().level()).isEqualTo(Level.WARNING);
                assertThat(texts().sentence()).contains("1 have no vector yet, the oldest since 90 min", "coral.log");
                owner.tenants().sql("update public.knowledge_generations set embedded_to = 100 where user_id = :tenant").update();
            });
        }
    }

    @Test
    void whatAVectorServerLacksIsCountedWhereThereIsOne() {
        assertThat(KnowledgeCheckup.of(server, new MockEnvironment())).hasSize(1);
        MockEnvironment withServer = new MockEnvironment().withProperty("coral.knowledge.qdrant.host", "http://localhost:6334");
        assertThat(KnowledgeCheckup.of(server, withServer)).hasSize(2).last()
                .extracting(Finding::sentence).asString().startsWith("the vector server ");
    }

    private Finding texts() {
        return KnowledgeCheckup.of(server, new MockEnvironment()).getFirst();
    }
}
