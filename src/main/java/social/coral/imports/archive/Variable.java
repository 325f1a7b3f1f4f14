package social.coral.imports.archive;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.imports.archive.PostRow.Kind;

/** What the JavaScript files of an archive hold, by the name of the variable that is assigned in them. */
enum Variable {
    POSTS(Kind.POST),
    COMMUNITY_POSTS(Kind.COMMUNITY_POST),
    CIRCLE_POSTS(Kind.CIRCLE_POST),
    DELETED_POSTS(Kind.DELETED_POST),
    LONG_TEXTS(Kind.LONG_TEXT),
    OWNER(null),
    MANIFEST(null),
    /** The months of an archive of 2012 to 2018, and how many posts each has. */
    INDEX(null),
    /** How many posts such an archive has in all. */
    TOTAL(null),
    SOMETHING_ELSE(null);

    /** The name of a variable and the equals sign behind it. */
    static final Pattern ASSIGNMENT = Pattern.compile("\\s*(?:export\\s+)?(?:(?:var|let|const)\\s+)?([A-Za-z_$][\\w$.]{0,200})\\s*=\\s*(?=[\\[{])");

    private static final Pattern ARCHIVE = Pattern.compile("(?:window\\.)?ytd\\.(\\w+)\\.part\\d+");
    private static final Pattern OLD_ARCHIVE = Pattern.compile("grailbird\\.data\\.(\\w+)");

    private final @Nullable Kind kind;

    Variable(@Nullable Kind kind) {
        this.kind = kind;
    }

    /** Returns the kind of the rows in its list; null if it holds none. */
    @Nullable Kind kind() {
        return kind;
    }

    static Variable named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        Matcher archive = ARCHIVE.matcher(lower);
        if (archive.matches()) {
            return switch (archive.group(1)) {
                case "tweet", "tweets" -> POSTS;
                case "community_tweet", "community_tweets" -> COMMUNITY_POSTS;
                case "twitter_circle_tweet", "twitter_circle_tweets" -> CIRCLE_POSTS;
                case "deleted_tweet", "deleted_tweets", "deleted_tweet_header", "deleted_tweet_headers" -> DELETED_POSTS;
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
            case "tweet_index" -> INDEX;
            case "payload_details" -> TOTAL;
            default -> lower.contains("deleted") ? DELETED_POSTS : lower.contains("header") ? SOMETHING_ELSE : POSTS;
        };
    }
}
