package social.coral.imports.archive;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the JavaScript files of an archive hold, by the name of the variable that is assigned in them. */
enum Variable {
    POSTS,
    COMMUNITY_POSTS,
    DELETED_POSTS,
    LONG_TEXTS,
    OWNER,
    MANIFEST,
    SOMETHING_ELSE;

    /** The name of a variable and the equals sign behind it. */
    static final Pattern ASSIGNMENT = Pattern.compile("\\s*(?:(?:var|let|const)\\s+)?([A-Za-z_$][\\w$.]{0,200})\\s*=\\s*(?=[\\[{])");

    private static final Pattern ARCHIVE = Pattern.compile("(?:window\\.)?ytd\\.(\\w+)\\.part\\d+");
    private static final Pattern OLD_ARCHIVE = Pattern.compile("grailbird\\.data\\.(\\w+)");

    static Variable named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        Matcher archive = ARCHIVE.matcher(lower);
        if (archive.matches()) {
            return switch (archive.group(1)) {
                case "tweet", "tweets" -> POSTS;
                case "community_tweet", "community_tweets" -> COMMUNITY_POSTS;
                case "deleted_tweet", "deleted_tweets" -> DELETED_POSTS;
                case "note_tweet", "note_tweets" -> LONG_TEXTS;
                case "account" -> OWNER;
                default -> SOMETHING_ELSE;
            };
        }
        Matcher old = OLD_ARCHIVE.matcher(lower);
        if (old.matches()) {
            return old.group(1).startsWith("tweets") ? POSTS : SOMETHING_ELSE;
        }
        return switch (lower) {
            case "window.__thar_config" -> MANIFEST;
            case "user_details" -> OWNER;
            case "payload_details", "tweet_index" -> SOMETHING_ELSE;
            default -> lower.contains("deleted") ? DELETED_POSTS : lower.contains("header") ? SOMETHING_ELSE : POSTS;
        };
    }
}
