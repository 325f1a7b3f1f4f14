package social.coral.content.archive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields read of a post, and their names in files. If a row has several names of a field, the first one here counts. */
public enum PostField {
    ID("idstr", "tweetid", "id"),
    TEXT("fulltext", "content", "text"),
    CREATED_AT("createdat", "date", "timestamp"),
    AUTHOR("author", "username", "screenname", "user"),
    LIKES("favoritecount", "likes", "likecount", "favorites"),
    RETWEETS("retweetcount", "retweets"),
    REPLIES("replycount", "replies"),
    LANG("lang", "language"),
    CONVERSATION("conversationidstr", "conversationid"),
    IN_REPLY_TO("inreplytostatusidstr", "inreplytostatusid", "inreplytoid");

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
        StringBuilder letters = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isLetter(c)) {
                letters.append(Character.toLowerCase(c));
            }
        }
        return NAMES.get(letters.toString());
    }
}
