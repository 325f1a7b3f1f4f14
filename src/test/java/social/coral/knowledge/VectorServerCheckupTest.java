package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.qdrant.client.grpc.Collections.CollectionConfig;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import social.coral.installation.Finding.Level;
import social.coral.installation.Finding;

class VectorServerCheckupTest {

    private static final String KEY = "key-4711";

    private final QdrantStandIn server = new QdrantStandIn(KEY);

    @AfterEach
    void stopped() {
        server.close();
    }

    @Test
    void aServerThatHasEverythingIsOk() {
        assertThat(checked(server.url(), KEY)).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.OK);
            assertThat(finding.sentence()).contains("has no collection coral_embeddings yet");
        });
        prepare();
        assertThat(checked(server.url(), KEY)).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.OK);
            assertThat(finding.sentence()).contains("(version 1.18.2), about 0 vectors in coral_embeddings");
        });
    }

    @Test
    void eachMissingIndexIsNamedAndNothingIsMadeByLooking() {
        prepare();
        QdrantStandInCollection collection = server.collection(QdrantCollection.NAME);
        for (PointField field : PointField.values()) {
            collection.indexes.remove(field.key());
            assertFault(server.url(), KEY, "has no right index on", field.key(), "Restart Coral Social");
        }
        assertThat(collection.indexes).isEmpty();
    }

    @Test
    void otherSettingsAnOldServerAndAForeignCollectionAreNamed() {
        prepare();
        QdrantStandInCollection collection = server.collection(QdrantCollection.NAME);
        collection.config = collection.config.toBuilder().clearStrictModeConfig().build();
        assertFault(server.url(), KEY, "the settings of the collection coral_embeddings were changed");
        collection.config = CollectionConfig.getDefaultInstance();
        assertFault(server.url(), KEY, "has no room for vectors of 384, 512, 1024, 1536, 3072 numbers", "Delete it there");
        server.version = "1.9.7";
        assertFault(server.url(), KEY, "is version 1.9.7. Install 1.13 or a newer one.");
    }

    @Test
    void aServerThatIsDownRefusesTheKeyOrHasNoAddressIsNamedWithoutTheKey() {
        assertFault(server.url(), "another-4711", "refuses QDRANT_API_KEY");
        server.down();
        assertFault(server.url(), KEY, "The vector server cannot be reached. Searches answer from words alone");
        assertFault("http://nowhere.invalid:6334", KEY, "The host nowhere.invalid of QDRANT_HOST has no address");
        assertFault("nonsense", KEY, "QDRANT_HOST must look like");
        assertThat(checked("", KEY)).isEmpty();
    }

    private void prepare() {
        try (QdrantVectors vectors = new QdrantVectors(server.settings())) {
            vectors.prepare();
        }
    }

    private static void assertFault(String host, String key, String... parts) {
        assertThat(checked(host, key)).anySatisfy(finding -> {
            assertThat(finding.level()).isEqualTo(Level.FAULT);
            assertThat(finding.sentence()).contains(parts).doesNotContain("4711").endsWith(".");
        });
    }

    private static List<Finding> checked(String host, String key) {
        return VectorServerCheckup.of(QdrantStandIn.environment(host, key));
    }
}
