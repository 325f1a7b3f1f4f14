package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import social.coral.CoralTest;
import tools.jackson.databind.JsonNode;

/** A process without a model of its own. */
@CoralTest
class PaidEmbeddingsAloneTest extends PaidEmbeddingsContract {

    @Test
    void textsAreEmbeddedAndFoundByTheModelOfAService() {
        withKey("sk-good0123456789abcdef");
        assertThat(chosen("text-embedding-3-large").path("texts").asInt()).isZero();
        imported(0, IntStream.range(0, 70).mapToObj(i -> "The tide at pier " + i).toArray(String[]::new));
        awaitEmbedded(70);
        JsonNode found = search("the tide at pier");
        assertThat(found.at("/results/0/found_by").toString()).contains("meaning", "words");
        assertThat(server().texts()).hasSize(71);
    }
}
