package social.coral.knowledge;

import org.junit.jupiter.api.AfterAll;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import social.coral.CoralTest;

/** With a vector server that all tenants share. */
// Its connection ends with it, so that another test can see that none leaves a thread behind.
@DirtiesContext
@CoralTest
@TestPropertySource(properties = "coral.test.embeddings=true")
class SharedSearchInterferenceTest extends SearchInterferenceContract {

    private static final QdrantStandIn SERVER = new QdrantStandIn("key-of-the-operator-4712");

    @DynamicPropertySource
    static void server(DynamicPropertyRegistry settings) {
        settings.add("coral.knowledge.qdrant.host", SERVER::url);
        settings.add("coral.knowledge.qdrant.api-key", () -> "key-of-the-operator-4712");
    }

    @AfterAll
    static void stopped() {
        SERVER.close();
    }
}
