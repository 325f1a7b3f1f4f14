package social.coral.knowledge;

import org.springframework.test.context.TestPropertySource;
import social.coral.CoralTest;

/** With the vectors in the process. */
@CoralTest
@TestPropertySource(properties = "coral.test.embeddings=true")
class ModelChangeTest extends ModelChangeContract {}
