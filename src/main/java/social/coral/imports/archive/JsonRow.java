package social.coral.imports.archive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.imports.archive.PostRow.Kind;
import social.coral.imports.archive.PostRow.Values;
import social.coral.networks.PostIds;
import social.coral.networks.PostMarkup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A post in JSON: flat, wrapped as {@code {"tweet": …}} as in X's archive, or as X's API returns it. */
final class JsonRow {

    /** What only X's own objects have; in all of them the text is escaped. */
    static final List<String> MARKS_OF_X = List.of("full_text", "entities", "edit_history_tweet_ids", "edit_info", "referenced_tweets", "public_metrics", "author_id", "id_str",
            "rawContent", "renderedContent", "tcooutlinks");

    /** What programs leave out of their copies of these. */
    private static final List<String> MARKS_OF_X_ITSELF = List.of("id_str", "edit_history_tweet_ids", "edit_info", "referenced_tweets", "public_metrics", "author_id");

    /** The objects in which programs keep the counts. */
    private static final List<String> COUNTS = List.of("public_metrics", "publicMetrics", "metrics", "stats", "engagement", "counts");

    /** The objects in which an archive keeps a post, a long text, or what is left of a deleted post. */
    private static final List<String> ENVELOPES = List.of("tweet", "noteTweet", "delete");

    /** The objects of reposted posts. */
    private static final List<String> REPOSTED = List.of("retweeted_status", "retweeted_status_result", "retweetedTweet");

    private JsonRow() {}

    /** Returns null for a private message, a post of another network, and what has neither an id of a post nor a text. */
    static @Nullable PostRow of(JsonNode object, Place place, Kind kind) {
        if (kind == Kind.LONG_TEXT || object.path("noteTweet").isObject()) {
            return longText(object.path("noteTweet").isObject() ? object.path("noteTweet") : object, place);
        }
        JsonNode post = inside(object);
        if (ForeignObject.reason(post) != null) {
            return null;
        }
        JsonNode deletion = object.path("delete").path("status");
        Values values = values(deletion.isObject() ? deletion : post);
        if (object.hasNonNull("deleted_at")) {
            values.add(PostField.named("deleted_at"), object.path("deleted_at").asString(""));
        }
        if (deletion.isObject()) {
            values.set(PostField.IS_DELETED, "true");
        }
        if (values.isNoPostOfX() || !PostIds.isId(values.get(PostField.ID)) && values.get(PostField.TEXT) == null) {
            return null;
        }
        return new PostRow(place, kind(post, values, kind), values.all(), MARKS_OF_X.stream().anyMatch(post::has), links(post, values.get(PostField.TEXT)), versions(post, values),
                MARKS_OF_X_ITSELF.stream().anyMatch(post::has));
    }

    static JsonNode inside(JsonNode object) {
        return object.path("tweet").isObject() ? object.path("tweet") : object;
    }

    /** Reports whether an object is a post, and not one that holds posts. */
    static boolean isPost(JsonNode object) {
        return isInEnvelope(object) || has(object, PostField.TEXT) && (has(object, PostField.ID) || has(object, PostField.CREATED_AT));
    }

    /** Reports whether an object resembles a post, so that the person learns if it cannot be read. */
    static boolean isPartOfPost(JsonNode object) {
        return isInEnvelope(object) || has(object, PostField.TEXT) || has(object, PostField.ID);
    }

    private static boolean isInEnvelope(JsonNode object) {
        return ENVELOPES.stream().map(object::path).anyMatch(inside -> inside.isObject() && !inside.isEmpty());
    }

    private static boolean has(JsonNode object, PostField field) {
        return object.propertyStream().anyMatch(property -> PostField.named(property.getKey()) instanceof PostField.Name name
                && name.field() == field && (!property.getValue().isContainer() || field != PostField.TEXT) && !property.getValue().isNull());
    }

    private static Values values(JsonNode post) {
        Values values = new Values();
        for (Map.Entry<String, JsonNode> property : post.properties()) {
            PostField.Name name = PostField.named(property.getKey());
            JsonNode value = plain(property.getValue());
            if (name != null && isValue(value, name.field())) {
                values.add(name, value.asString());
            }
        }
        COUNTS.forEach(counts -> addFrom(post.path(counts), values, List.of(PostField.LIKES, PostField.RETWEETS, PostField.REPLIES)));
        addFrom(post.path("user"), values, List.of(PostField.AUTHOR));
        addFrom(post.path("author"), values, List.of(PostField.AUTHOR));
        Stream.of(post.path("extended_tweet").path("full_text"), post.path("note_tweet").path("text")).map(text -> text.asString("")).filter(text -> !text.isEmpty())
                .forEach(text -> {
                    values.set(PostField.TEXT, text);
                    values.all().remove(PostField.TRUNCATED);
                });
        for (JsonNode reference : post.path("referenced_tweets")) {
            String id = reference.path("id").asString("");
            switch (reference.path("type").asString("")) {
                case "replied_to" -> values.set(PostField.IN_REPLY_TO, id);
                case "retweeted" -> values.set(PostField.REPOST_OF, id);
                default -> {
                    // A quoted post is a link in the text.
                }
            }
        }
        return values;
    }

    /** Returns the value in an object such as {@code {"$numberLong": "1"}}, in which MongoDB writes what JSON has no form for. */
    private static JsonNode plain(JsonNode node) {
        JsonNode date = node.path("$date");
        if (date.path("$numberLong").isValueNode() || date.isIntegralNumber()) {
            return JsonNodeFactory.instance.stringNode(Instant.ofEpochMilli(date.path("$numberLong").asLong(date.asLong(0))).toString());
        }
        return Stream.of("$numberLong", "$numberInt", "$numberDouble", "$date").map(node::path).filter(JsonNode::isValueNode).findFirst().orElse(node);
    }

    /** Programs that know no other word for no value write NaN, which is a number to the parser. */
    private static boolean isValue(JsonNode node, PostField field) {
        return node.isValueNode() && !node.isNull() && (!node.isBoolean() || field.isFlag()) && !(node.isFloatingPointNumber() && !Double.isFinite(node.asDouble()));
    }

    private static void addFrom(JsonNode inside, Values values, List<PostField> wanted) {
        for (Map.Entry<String, JsonNode> property : inside.properties()) {
            PostField.Name name = PostField.named(property.getKey());
            if (name != null && wanted.contains(name.field()) && property.getValue().isValueNode()) {
                values.add(name, property.getValue().asString(""));
            }
        }
    }

    private static Kind kind(JsonNode post, Values values, Kind kind) {
        Kind stated = values.kind();
        if (stated != Kind.DELETED_POST && REPOSTED.stream().anyMatch(name -> !post.path(name).isEmpty())) {
            return Kind.REPOST;
        }
        if (stated != null) {
            return stated;
        }
        // X writes ids as text for those who read numbers in floating point.
        return kind == Kind.POST && !post.has("id_str") ? Kind.TABLE_ROW : kind;
    }

    /** Returns X's own list of links, or what a program that collected the post made of it. */
    private static Map<String, String> links(JsonNode post, @Nullable String text) {
        Map<String, String> links = PostMarkup.links(post);
        post.path("links").forEach(link -> PostMarkup.addLink(links, link.path("tcourl"), link.path("url")));
        for (int i = 0; i < post.path("tcooutlinks").size(); i++) {
            PostMarkup.addLink(links, post.path("tcooutlinks").path(i), post.path("outlinks").path(i));
        }
        if (text != null && !post.path("media").isEmpty() && post.path("media").isArray()) {
            CsvLists.dropLinkToPictures(links, text);
        }
        return links;
    }

    private static List<String> versions(JsonNode post, Values values) {
        JsonNode info = post.path("edit_info");
        List<String> ids = new ArrayList<>();
        for (JsonNode list : List.of(info.path("edit").path("editControlInitial").path("editTweetIds"),
                info.path("initial").path("editTweetIds"), post.path("edit_history_tweet_ids"))) {
            list.forEach(id -> ids.add(id.asString("")));
            if (!ids.isEmpty()) {
                break;
            }
        }
        String first = info.path("edit").path("initialTweetId").asString(info.path("initialTweetId").asString(""));
        if (ids.isEmpty() && !first.isEmpty()) {
            ids.add(first);
            ids.add(post.path("id_str").asString(post.path("id").asString("")));
        }
        return ids.isEmpty() ? CsvLists.versions(values) : CsvLists.versions(ids);
    }

    private static PostRow longText(JsonNode note, Place place) {
        Values values = new Values();
        values.add(PostField.named("id"), note.path("noteTweetId").asString(""));
        values.add(PostField.named("text"), note.path("core").path("text").asString(""));
        values.add(PostField.named("created_at"), note.path("createdAt").asString(""));
        values.set(PostField.UPDATED_AT, note.path("updatedAt").asString(""));
        Map<String, String> links = new HashMap<>();
        note.path("core").path("urls").forEach(url -> PostMarkup.addLink(links, url.path("shortUrl"), url.path("expandedUrl")));
        return new PostRow(place, Kind.LONG_TEXT, values.all(), true, links, List.of(), true);
    }
}
