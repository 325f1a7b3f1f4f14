package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import social.coral.installation.StartFault;

class QdrantSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "http://localhost:6334, http://localhost:6334",
        "http://localhost:6333, http://localhost:6334",
        "http://localhost:6333/, http://localhost:6334",
        "' https://qdrant.example.org ', https://qdrant.example.org:6334",
        "http://10.0.0.5:80, http://10.0.0.5:80",
        "http://[::1]:6333, http://[::1]:6334",
    })
    void theServersAddressIsThatOfItsGrpc(String written, String expected) {
        assertThat(new QdrantSettings(written, "").server()).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "localhost:6334", "grpc://localhost:6334", "http://", "http://localhost:0", "http://localhost:65536", "http://localhost:6334/dashboard",
        "http://user:password-4711@localhost:6334", "http://localhost:6334?api-key=password-4711", "http://a b", "http://[::1", "http://-", "http://a..b:1",
        "http://qdrant_db:6334"})
    void anotherAddressStopsTheStartAndIsNotRepeated(String written) {
        assertThatThrownBy(() -> new QdrantSettings(written, "")).isInstanceOf(StartFault.class)
                .hasMessageContaining("QDRANT_HOST must look like http://localhost:6334").hasMessageNotContaining("4711");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words-4711", "line\nbreak-4711", "schlüssel-4711"})
    void aKeyThatNoHeaderCarriesStopsTheStartAndIsNotRepeated(String key) {
        assertThatThrownBy(() -> new QdrantSettings("http://localhost:6334", key)).isInstanceOf(StartFault.class)
                .hasMessageContaining("QDRANT_API_KEY must be").hasMessageNotContaining("4711");
    }

    @Test
    void blanksAreNothingAndTheKeyIsNotPrinted() {
        assertThat(new QdrantSettings("  ", " ").isOn()).isFalse();
        assertThat(new QdrantSettings("http://localhost:6334", "key-4711")).hasToString("QdrantSettings[http://localhost:6334]");
    }

    @Test
    void aServerIsUsedWhereOneIsSetAndIsNotWaitedFor() {
        ApplicationContextRunner product = new ApplicationContextRunner().withUserConfiguration(QdrantConfiguration.class);
        product.withPropertyValues("coral.knowledge.qdrant.host= ").run(context -> assertThat(context).doesNotHaveBean(VectorIndex.class));
        product.withPropertyValues("coral.knowledge.qdrant.host=http://127.0.0.1:1").run(context -> assertThat(context).hasSingleBean(VectorIndex.class));
    }
}
