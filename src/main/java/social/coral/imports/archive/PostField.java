package social.coral.imports.archive;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields read of a post, and their names in files. If an object has several names of a field, the first one here counts. */
public enum PostField {
    ID("idstr", "tweetid", "postid", "statusid", "id"),
    TEXT("notetweettext", "extendedtweetfulltext", "fulltext", "posttext", "tweettext", "rawcontent", "content", "text", "tweet"),
    CREATED_AT("createdat", "date", "timestamp", "time", "postedat", "publishedat"),
    AUTHOR("author", "username", "screenname", "handle", "authorusername", "userusername", "userscreenname", "user"),
    LIKES("favoritecount", "likes", "likecount", "favorites", "publicmetricslikecount"),
    RETWEETS("retweetcount", "retweets", "repostcount", "reposts", "publicmetricsretweetcount"),
    REPLIES("replycount", "replies", "publicmetricsreplycount"),
    LANG("lang", "language"),
    CONVERSATION("conversationidstr", "conversationid"),
    IN_REPLY_TO("inreplytostatusidstr", "inreplytostatusid", "inreplytoid", "inreplytotweetid", "referencedtweetsrepliedtoid",
            "inreplyto", "replyingto", "replytostatusid", "replytoid"),
    REPOST_OF("retweetedstatusidstr", "retweetedstatusid", "retweetedtweetid", "referencedtweetsretweetedid", "retweetedtweet",
            "retweetedstatus", "retweetstatusid", "retweetid", "rtsource"),
    IS_REPOST(Words.YES, "isretweet", "isrepost", "isrt"),
    /** Of a column {@code retweet}, numbers are counts. */
    POST_TYPE(Words.REPOST, "tweettype", "posttype", "type", "retweet", "repost", "referencedtweetstype"),
    DELETED_AT("deletedat"),
    IS_DELETED(Words.YES_OR_A_DATE, "deleted", "isdeleted"),
    COMMUNITY("communityidstr", "communityid"),
    /** What only private messages have. */
    MESSAGE_TO("dmconversationid", "recipientid", "recipientscreenname"),
    EVENT_TYPE(Words.MESSAGE, "eventtype"),
    /** The ids of all versions of an edited post. */
    VERSIONS("edithistorytweetids"),
    LINK("postlink", "tweetpermalink", "permalink", "posturl", "tweeturl"),
    EXPANDED_URLS("expandedurls"),
    /** Lists that a program has written into one cell. */
    URLS("entitiesurls"),
    SHORT_LINKS("tcooutlinks"),
    TARGETS("outlinks"),
    REFERENCES("referencedtweets"),
    /** Of a long text alone. */
    UPDATED_AT();

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

    /** What a value must be to say anything. */
    private enum Words {

        YES("true|t|1|1\\.0|yes|y|wahr|vrai|verdadero|vero|waar|verdadeiro"),
        YES_OR_A_DATE(YES.pattern.pattern() + "|[0-9]{4}-[0-9]{2}-[0-9]{2}.*"),
        REPOST("true|t|yes|wahr|vrai|verdadero|vero|waar|verdadeiro|retweet|retweeted|repost|reposted|rt"),
        MESSAGE("message_?create");

        private final Pattern pattern;

        Words(String words) {
            pattern = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
        }
    }

    private static final Set<PostField> CLASSIFYING = EnumSet.of(REPOST_OF, IS_REPOST, POST_TYPE, DELETED_AT, IS_DELETED, COMMUNITY, MESSAGE_TO, EVENT_TYPE);

    private final List<String> names;
    private final @Nullable Pattern words;

    PostField(String... names) {
        this.names = List.of(names);
        this.words = null;
    }

    PostField(Words words, String... names) {
        this.names = List.of(names);
        this.words = words.pattern;
    }

    /** Reports whether it tells only what a row is, so that one of several columns is enough to say so. */
    boolean classifiesRow() {
        return CLASSIFYING.contains(this);
    }

    /** Reports whether only some words in it say anything: {@code true}, but not {@code false}. */
    boolean isFlag() {
        return words != null;
    }

    /** Reports whether a value is one of the words that say something in this field. */
    boolean isSetBy(String value) {
        return words != null && words.matcher(value).matches();
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
