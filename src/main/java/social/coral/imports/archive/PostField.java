package social.coral.imports.archive;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields read of a post, and their names in files. If an object has several names of a field, the first one here counts. */
public enum PostField {
    ID("idstr", "tweetid", "postid", "statusid", "id"),
    TEXT("notetweettext", "extendedtweetfulltext", "fulltext", "posttext", "tweettext", "rawcontent", "content", "text", "tweet"),
    CREATED_AT("createdat", "timeparsed", "date", "timestamp", "time", "postedat", "publishedat"),
    AUTHOR("username", "screenname", "handle", "authorusername", "userusername", "userscreenname", "fromuser"),
    /** Is the username, or the name to show beside it. */
    AUTHOR_OR_NAME("author", "user"),
    LIKES("favoritecount", "likes", "likecount", "favorites", "publicmetricslikecount", "like", "likescount", "nlikes", "favoritescount", "favourites",
            "favouritecount", "favouritescount"),
    RETWEETS("retweetcount", "retweets", "repostcount", "reposts", "publicmetricsretweetcount", "retweetscount", "repostscount", "nretweets"),
    REPLIES("replycount", "replies", "publicmetricsreplycount", "repliescount", "nreplies"),
    LANG("lang", "language"),
    CONVERSATION("conversationidstr", "conversationid"),
    IN_REPLY_TO("inreplytostatusidstr", "inreplytostatusid", "inreplytoid", "inreplytotweetid", "referencedtweetsrepliedtoid",
            "inreplyto", "replyingto", "replytostatusid", "replytoid"),
    REPOST_OF("retweetedstatusidstr", "retweetedstatusid", "retweetedtweetid", "referencedtweetsretweetedid", "retweetedtweet",
            "retweetedstatus", "retweetstatusid", "retweetid", "rtsource"),
    IS_REPOST(Words.YES, "isretweet", "isrepost", "isrt"),
    POST_TYPE(Words.REPOST, "tweettype", "posttype", "type", "referencedtweetstype"),
    /** Says whether it is a repost, or how many there are of it. */
    REPOST_OR_COUNT(Words.REPOST, "retweet", "repost"),
    DELETED_AT("deletedat"),
    IS_DELETED(Words.YES_OR_A_DATE, "deleted", "isdeleted"),
    COMMUNITY("communityidstr", "communityid"),
    /** What only private messages have. */
    MESSAGE_TO("dmconversationid", "recipientid", "recipientscreenname", "fromid"),
    EVENT_TYPE(Words.MESSAGE, "eventtype"),
    /** Of the tables of programs that post on several networks. */
    NETWORK(Words.OTHER_NETWORK, "network", "platform", "socialnetwork", "socialmedia", "socialplatform", "channel", "channeltype", "service", "networks"),
    ADDRESS(Words.AT_PROTOCOL, "uri", "aturi", "posturi"),
    /** Of the tables of programs that plan posts. */
    STATUS("status", "poststatus", "tweetstatus", "publishingstatus", "publishstatus", "deliverystatus"),
    /** Is the status of a post, or something else. */
    STATUS_OR_OTHER("state", "poststate", "stage"),
    /** Says that the text is not whole. */
    TRUNCATED(Words.YES, "truncated"),
    /** The ids of all versions of an edited post. */
    VERSIONS("edithistorytweetids"),
    LINK("postlink", "tweetpermalink", "permalink", "posturl", "tweeturl", "statusurl", "tweetlink", "permanenturl", "twitterurl", "xurl"),
    /** A link to the post, or one that the post shares. */
    ANY_LINK("url", "link"),
    EXPANDED_URLS("expandedurls"),
    /** Lists that a program has written into one cell. */
    URLS("entitiesurls", "entitiesstr", "links"),
    MEDIA("media", "entitiesmedia"),
    SHORT_LINKS("tcooutlinks"),
    TARGETS("outlinks"),
    REFERENCES("referencedtweets"),
    /** Of a long text alone. */
    UPDATED_AT(),
    /** What another field says that is neither yes nor no. */
    UNCLEAR();

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

        YES("true|t|1|1\\.0|yes|y|on|x|checked|wahr|vrai|verdadero|vero|waar|verdadeiro|ja|j|oui|sí|si|s|sì|sim|tak|ano|da|да|evet|igen|kyllä|はい|是|✓|✔"),
        YES_OR_A_DATE(YES.pattern.pattern() + "|[0-9]{4}-[0-9]{2}-[0-9]{2}.*"),
        REPOST("true|t|yes|wahr|vrai|verdadero|vero|waar|verdadeiro|ja|oui|sí|si|sim|tak|retweet|retweeted|repost|reposted|rt"),
        MESSAGE("message_?create"),
        /** A post can be on X and on others. */
        OTHER_NETWORK("(?!.*\\b(?:x|twitter)\\b)(?:facebook|fb|instagram|ig|linked ?in|tiktok|you ?tube|pinterest|threads|bluesky|mastodon|reddit|tumblr|snapchat|telegram|whatsapp|vk|weibo"
                + "|google ?(?:business|my business|plus|\\+))(?:[^\\p{L}\\p{N}].*)?"),
        AT_PROTOCOL("at://.*");

        private final Pattern pattern;

        Words(String words) {
            pattern = Pattern.compile(words, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        }
    }

    private static final Set<PostField> CLASSIFYING = EnumSet.of(REPOST_OF, IS_REPOST, POST_TYPE, REPOST_OR_COUNT, DELETED_AT, IS_DELETED, COMMUNITY, MESSAGE_TO,
            EVENT_TYPE, NETWORK, ADDRESS, STATUS, STATUS_OR_OTHER, TRUNCATED);
    private static final Pattern NO = Pattern.compile("false|f|0|0\\.0|no|n|off|falsch|faux|falso|onwaar|nein|non|não|nao|nie|ne|nee|net|нет|hayır|nem|ei|いいえ|否|-|"
            + "none|null|nan|nil|n/a|na|<na>|\\\\n|", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

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

    /** Reports whether it only says what kind of row it is, so that one of several columns is enough. */
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

    /** Reports whether a value should be yes or no in this field and is neither. */
    boolean isUnclear(String value) {
        return (this == IS_REPOST || this == IS_DELETED) && !isSetBy(value) && !NO.matcher(value).matches();
    }

    /** Returns its name as words. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
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
