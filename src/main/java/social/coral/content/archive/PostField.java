package social.coral.content.archive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is read of a post, and the names that it goes by; where a row has several of them, the first here counts. */
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

    /** A name of a field, and how far behind it stands among the field's names. */
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

    /** The field of a column or property; letter case, spaces and punctuation do not matter. */
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
