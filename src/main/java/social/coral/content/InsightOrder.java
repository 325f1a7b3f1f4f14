package social.coral.content;

/** What comes first in a list of topics. */
public enum InsightOrder {
    HOTTEST,
    /** Those that a post was added to last. */
    NEWEST
}
