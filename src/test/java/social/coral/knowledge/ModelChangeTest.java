package social.coral.knowledge;

import social.coral.CoralTest;

/** With the vectors in the process. */
@CoralTest
class ModelChangeTest extends ModelChangeContract {}
