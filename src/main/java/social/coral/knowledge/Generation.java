package social.coral.knowledge;

/**
 * The vectors that one model has made of a tenant's texts.
 *
 * @param number the next one's is higher
 * @param embeddedTo the change up to which all pieces have vectors
 */
record Generation(int number, String model, int width, long embeddedTo) {}
