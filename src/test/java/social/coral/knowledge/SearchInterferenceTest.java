package social.coral.knowledge;

import org.springframework.test.context.TestPropertySource;
import social.coral.CoralTest;

/** With an index for each tenant. */
@CoralTest
@TestPropertySource(properties = "coral.test.embeddings=true")
class SearchInterferenceTest extends SearchInterferenceContract {}
