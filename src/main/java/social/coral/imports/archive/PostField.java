package social.coral.imports.archive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields read of a post, and their names in files. If an object has several names of a field, the first one here counts. */
public enum PostField {
    ID("idstr", "tweetid", "postid", "id"),
    TEXT("notetweettext", "extendedtweetfulltext", "fulltext", "posttext", "tweettext", "rawcontent", "content", "text"),
    CREATED_AT("createdat", "date", "timestamp", "time", "postedat", "publishedat"),
    AUTHOR("author", "username", "screenname", "handle", "authorusername", "userusername", "userscreenname", "user"),
    LIKES("favoritecount", "likes", "likecount", "favorites", "publicmetricslikecount"),
    RETWEETS("retweetcount", "retweets", "repostcount", "reposts", "publicmetricsretweetcount"),
    REPLIES("replycount", "replies", "publicmetricsreplycount"),
    LANG("lang", "language"),
    CONVERSATION("conversationidstr", "conversationid"),
    IN_REPLY_TO("inreplytostatusidstr", "inreplytostatusid", "inreplytoid", "inreplytotweetid", "referencedtweetsrepliedtoid"),
    REPOST_OF("retweetedstatusidstr", "retweetedstatusid", "retweetedtweetid", "referencedtweetsretweetedid", "retweetedtweet"),
    DELETED_AT("deletedat"),
    LINK("postlink", "tweetpermalink", "permalink", "posturl", "tweeturl"),
    EXPANDED_URLS("expandedurls"),
    /** Lists that a program has written into one cell. */
    URLS("entitiesurls"),
    SHORT_LINKS("tcooutlinks"),
    TARGETS("outlinks"),
    REFERENCES("referencedtweets");

    /** A field's name, and its rank among the field's names. */
    record Name(PostField field, int rank) {}

    private static final Map<String, Name> NAMES = new HashMap<>();

    static {
        for (PostField field : values()) {
            for (int rank = 0; rank < field.names.size(); rank++) {
                NAMES.put(field.names.get(rank), new Name(field, rank));
            }
        }
    }

    private final List<String> names;

    PostField(String... names) {
        this.names = List.of(names);
    }

    /** Returns the field of a column or property, ignoring case, spaces and punctuation. */
    static @Nullable Name named(String name) {
        return NAMES.get(letters(name));
    }

    /** Reduces a name to its letters in lower case. */
    static String letters(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        name.codePoints().filter(Character::isLetter).map(Character::toLowerCase).forEach(letters::appendCodePoint);
        return letters.toString();
    }
}
