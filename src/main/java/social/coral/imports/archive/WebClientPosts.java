package social.coral.imports.archive;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The posts in what X's servers answer its own pages, which people save from their browsers: each in an object of its own, wrapped many times. */
final class WebClientPosts {

    private WebClientPosts() {}

    /** Returns the posts in an answer, as X's archive and API write them; none for an object that is no such answer. */
    static List<JsonNode> in(JsonNode answer) {
        List<JsonNode> posts = new ArrayList<>();
        collect(answer, posts);
        return posts;
    }

    /** A post that another quotes or reposts is within it, and so is not looked for. Advertisements are nobody's who is read here. */
    private static void collect(JsonNode node, List<JsonNode> posts) {
        if (node.path("legacy") instanceof ObjectNode legacy && legacy.has("full_text") && node.has("rest_id")) {
            posts.add(written(node, legacy));
        } else if (node.isContainer() && !node.has("promotedMetadata")) {
            node.forEach(child -> collect(child, posts));
        }
    }

    private static JsonNode written(JsonNode result, ObjectNode legacy) {
        ObjectNode post = legacy.deepCopy();
        post.put("id_str", result.path("rest_id").asString(""));
        JsonNode user = result.path("core").path("user_results").path("result");
        String author = user.path("core").path("screen_name").asString(user.path("legacy").path("screen_name").asString(""));
        if (!author.isEmpty()) {
            post.put("username", author);
        }
        JsonNode note = result.path("note_tweet").path("note_tweet_results").path("result");
        if (!note.path("text").asString("").isEmpty()) {
            post.putObject("note_tweet").put("text", note.path("text").asString("")).set("entities", note.path("entity_set"));
        }
        JsonNode edits = result.path("edit_control");
        JsonNode initial = edits.path("edit_control_initial").path("edit_tweet_ids");
        JsonNode versions = initial.isArray() ? initial : edits.path("edit_tweet_ids");
        if (versions.isArray()) {
            post.set("edit_history_tweet_ids", versions);
        }
        String community = result.path("author_community_relationship").path("community_results").path("result").path("id_str").asString("");
        if (!community.isEmpty()) {
            post.put("community_id_str", community);
        }
        return post;
    }
}
