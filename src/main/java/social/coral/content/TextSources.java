package social.coral.content;

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

/** The sources of a text as the database keeps them. Only addresses of the web count, whoever wrote the row. */
final class TextSources {

    static final int MOST = 50;

    private static final int MAX_ADDRESS = 2_000;
    private static final int MAX_TITLE = 300;
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"<>]+", Pattern.CASE_INSENSITIVE);
    private static final JsonMapper JSON = new JsonMapper();

    private TextSources() {}

    static String write(List<TextSource> sources) {
        ArrayNode written = JSON.createArrayNode();
        sources.stream().filter(source -> isSource(source.url(), source.postId())).limit(MOST).forEach(source -> {
            var one = written.addObject().put("number", source.number()).put("url", source.url()).put("title", StorableText.truncate(source.title(), MAX_TITLE));
            if (source.postId() != null) {
                one.put("post_id", source.postId().toString());
            }
        });
        return written.toString();
    }

    static List<TextSource> read(String json) {
        List<TextSource> sources = new ArrayList<>();
        try {
            for (JsonNode one : JSON.readTree(json)) {
                String address = one.path("url").asString("");
                UUID post = post(one.path("post_id").asString(""));
                if (isSource(address, post) && sources.size() < MOST) {
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
