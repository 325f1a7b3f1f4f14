package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import social.coral.installation.StartFault;
import social.coral.knowledge.TenantVectors.Point;
import social.coral.tenancy.Tenant;

class VectorServerTest {

    private static final String KEY = "key-4711";

    private final QdrantStandIn server = new QdrantStandIn(KEY);

    @AfterEach
    void stopped() {
        server.close();
    }

    @Test
    void anEmptiedServerHoldsNobodysVectorsAndIsFilledAgain() {
        Tenant unknown = new Tenant(UUID.randomUUID());
        try (QdrantVectors vectors = new QdrantVectors(server.settings())) {
            vectors.of(unknown).put(List.of(point()));

            assertThat(at(server.url(), KEY).empty()).hasValueSatisfying(said -> assertThat(said).contains("holds no vectors any more"));

            assertThat(server.collections).isEmpty();
            vectors.prepare();
            Tenant known = new Tenant(UUID.randomUUID());
            // The first call of a process that was running finds the collection gone.
            assertThatThrownBy(() -> vectors.of(known).put(List.of(point()))).isInstanceOf(IndexFault.class);
            vectors.of(known).put(List.of(point()));
            assertThat(vectors.of(known).count()).isOne();
            assertThat(vectors.of(unknown).count()).isZero();
        }
    }

    @Test
    void oneThatIsEmptyAlreadyIsLeftAsItIs() {
        assertThat(at(server.url(), KEY).empty()).hasValueSatisfying(said -> assertThat(said).contains("holds no vectors any more"));
        assertThat(at("", KEY).empty()).isEmpty();
    }

    @Test
    void oneThatCannotBeEmptiedIsNamedWithWhatToDoAndWithoutTheKey() {
        assertThat(at(server.url(), "another-4711").empty()).hasValueSatisfying(said -> assertThat(said)
                .contains("WARNING", "refuses QDRANT_API_KEY", "Delete the collection coral_embeddings there").doesNotContain("4711"));
        server.down();
        assertThat(at(server.url(), KEY).empty()).hasValueSatisfying(said -> assertThat(said).contains("cannot be reached"));
        assertThatThrownBy(() -> at("nonsense", KEY)).isInstanceOf(StartFault.class).hasMessageContaining("QDRANT_HOST must look like");
    }

    private static Point point() {
        float[] vector = new float[384];
        vector[0] = 1;
        return new Point(UUID.randomUUID(), 1, vector, "post", null, Instant.EPOCH);
    }

    private static VectorServer at(String host, String key) {
        return VectorServer.of(QdrantStandIn.environment(host, key));
    }
}
