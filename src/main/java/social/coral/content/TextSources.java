package social.coral.content;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The sources of a text as the database keeps them. Only addresses of the web count, whoever wrote the row. */
final class TextSources {

    // A little less than the column takes, because PostgreSQL writes JSON with spaces.
    private static final int MAX_BYTES = 55_000;
    private static final int MAX_ADDRESS = 2_000;
    private static final int MAX_TITLE = 300;
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"<>]+", Pattern.CASE_INSENSITIVE);
    private static final JsonMapper JSON = new JsonMapper();

    private TextSources() {}

    static String write(List<TextSource> sources) {
        ArrayNode written = JSON.createArrayNode();
        int bytes = 0;
        for (TextSource source : sources.stream().filter(each -> isSource(each.url(), each.postId())).limit(TextSource.MOST).toList()) {
            ObjectNode one = JSON.createObjectNode().put("number", source.number()).put("url", source.url()).put("title", StorableText.truncate(source.title(), MAX_TITLE));
            if (source.postId() != null) {
                one.put("post_id", source.postId().toString());
            }
            bytes += one.toString().getBytes(StandardCharsets.UTF_8).length;
            if (bytes <= MAX_BYTES) {
                written.add(one);
            }
        }
        return written.toString();
    }

    static List<TextSource> read(String json) {
        List<TextSource> sources = new ArrayList<>();
        try {
            for (JsonNode one : JSON.readTree(json)) {
                String address = one.path("url").asString("");
                UUID post = post(one.path("post_id").asString(""));
                if (isSource(address, post) && sources.size() < TextSource.MOST) {
                    sources.add(new TextSource(one.path("number").asInt(0), address, one.path("title").asString(""), post));
                }
            }
        } catch (JacksonException e) {
            return List.of();
        }
        return List.copyOf(sources);
    }

    /** A collected post may have no address. */
    private static boolean isSource(String url, @Nullable UUID post) {
        return isAddress(url) || url.isEmpty() && post != null;
    }

    private static boolean isAddress(String text) {
        return text.length() <= MAX_ADDRESS && StorableText.isValid(text) && ADDRESS.matcher(text).matches();
    }

    private static @Nullable UUID post(String id) {
        try {
            return id.isEmpty() ? null : UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
