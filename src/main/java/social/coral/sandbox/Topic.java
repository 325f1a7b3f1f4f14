package social.coral.sandbox;

import java.util.List;

/**
 * Something an author writes about.
 *
 * @param key the same for every author and language, so that a day can have topics that many talk about
 */
record Topic(String key, List<String> tags, List<Phrase> statements) {}
