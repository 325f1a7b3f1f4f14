package social.coral.content;

/**
 * A place in a text that a persona would not write.
 *
 * @param term the word or topic of the persona that it breaks with
 * @param start where it begins, as an index of the text
 */
public record VoiceBreach(Kind kind, String term, int start, int end) {

    /** What a text breaks with. */
    public enum Kind {
        WORD_TO_AVOID,
        TABOO_TOPIC
    }
}
