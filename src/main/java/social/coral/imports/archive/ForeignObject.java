package social.coral.imports.archive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import tools.jackson.databind.JsonNode;

/** Objects in the exports and answers of other networks, known by the names of their properties, of which the rarest comes first. */
enum ForeignObject {
    DISCORD("Discord", List.of("guild", "channel", "messages"), List.of("mention_everyone"), List.of("edited_timestamp"), List.of("timestampEdited"), List.of("Contents", "Attachments")),
    WEIBO("Weibo", List.of("mblogid"), List.of("attitudes_count"), List.of("text_raw")),
    TELEGRAM("Telegram", List.of("date_unixtime"), List.of("text_entities"), List.of("peer_id", "message")),
    MASTODON("Mastodon or another network of the Fediverse", List.of("reblogs_count"), List.of("spoiler_text"), List.of("attributedTo"), List.of("orderedItems"), List.of("renoteId"),
            List.of("localOnly")),
    BLUESKY("Bluesky", List.of("cid"), List.of("$type"), List.of("langs", "createdAt", "text"), List.of("did", "handle")),
    THREADS("Threads", List.of("media_product_type"), List.of("text_post_app_text_posts")),
    INSTAGRAM("Instagram", List.of("caption", "media_type"), List.of("creation_timestamp"), List.of("shortCode"), List.of("shortcode")),
    FACEBOOK("Facebook", List.of("sender_name", "timestamp_ms"), List.of("created_time", "message"), List.of("facebookUrl"), List.of("comments_v2"), List.of("title", "data", "timestamp")),
    LINKEDIN("LinkedIn", List.of("shareCommentary"), List.of("commentary", "lifecycleState"), List.of("activityUrn")),
    REDDIT("Reddit", List.of("subreddit")),
    TIKTOK("TikTok", List.of("diggCount"), List.of("digg_count"), List.of("aweme_id"), List.of("webVideoUrl"), List.of("CommentsList"), List.of("VideoList"), List.of("TikTok Live"), List.of("TikTok Shop"), List.of("Comment", "Direct Messages")),
    YOUTUBE("YouTube", List.of("snippet", "etag"), List.of("textDisplay"), List.of("videoId", "commentId"), List.of("titleUrl", "header")),
    VK("VK", List.of("from_id"), List.of("owner_id", "post_type")),
    TUMBLR("Tumblr", List.of("reblog_key")),
    NOSTR("Nostr", List.of("pubkey", "sig")),
    SLACK("Slack", List.of("client_msg_id")),
    HACKER_NEWS("Hacker News", List.of("by", "kids"), List.of("by", "parent", "text"), List.of("by", "descendants"));

    private record Mark(String network, List<String> names) {}

    /** By the first of their names, because each row of a file is looked at. */
    private static final Map<String, List<Mark>> MARKS = new HashMap<>();

    static {
        for (ForeignObject network : values()) {
            network.marks.forEach(names -> MARKS.computeIfAbsent(names.getFirst(), name -> new ArrayList<>()).add(new Mark(network.network, names)));
        }
    }

    private static final String COLLECTOR = "snscrape.modules.";

    private static final List<String> BY_COLUMNS = List.of("columns", "index", "data");

    private final String network;
    private final List<List<String>> marks;

    @SafeVarargs
    ForeignObject(String network, List<String>... marks) {
        this.network = network;
        this.marks = List.of(marks);
    }

    /** Returns why an object is no post of X, as a sentence; null if nothing shows it. */
    static @Nullable String reason(JsonNode object) {
        String collector = object.path("_type").asString("");
        if (collector.startsWith(COLLECTOR) && !collector.startsWith(COLLECTOR + "twitter.")) {
            String module = collector.substring(COLLECTOR.length());
            return sentence(StringUtils.capitalize(module.substring(0, Math.min(40, module.indexOf('.') < 0 ? module.length() : module.indexOf('.')))));
        }
        for (String name : object.propertyNames()) {
            for (Mark mark : MARKS.getOrDefault(name, List.of())) {
                if (mark.names().stream().allMatch(object::has)) {
                    return sentence(mark.network());
                }
            }
        }
        return object.path("type").asString("").equals("message") ? sentence("a chat") : null;
    }

    /** Returns the same for an object that is not a post itself and may hold some: the first of each of its lists shows it. */
    static @Nullable String reasonInside(JsonNode object) {
        String own = reason(object);
        if (own == null && isByColumns(object)) {
            return "This is a table by its columns, as pandas writes it. Write it with orient=\"records\" and the ids as text, and upload that file.";
        }
        return own != null ? own : object.valueStream().filter(JsonNode::isArray).map(list -> list.path(0)).flatMap(first -> Stream.of(first, first.path("post"), first.path("record")))
                .map(ForeignObject::reason).flatMap(Stream::ofNullable).findFirst().orElse(null);
    }

    private static boolean isByColumns(JsonNode object) {
        return BY_COLUMNS.stream().allMatch(object::has) || object.valueStream().allMatch(column -> column.isObject() && column.has("0"))
                && object.propertyNames().stream().map(PostField::named).anyMatch(name -> name != null && name.field() == PostField.TEXT);
    }

    static String sentence(String network) {
        return "This looks like " + export(network) + ". " + ForeignTable.WHAT_TO_DO;
    }

    /** Names an export with its article, such as "an Instagram export"; of something that is not one network, as "an export from a chat". */
    static String export(String network) {
        return network.contains(" or ") || network.startsWith("a ") ? "an export from " + network : ("AEIO".indexOf(network.charAt(0)) < 0 ? "a " : "an ") + network + " export";
    }
}
