package social.coral.sandbox;

import java.util.List;

/**
 * A topic that an author writes about.
 *
 * @param key the same for all authors and languages, so that many can talk about the day's topics
 */
record Topic(String key, List<String> tags, List<Phrase> statements) {}
