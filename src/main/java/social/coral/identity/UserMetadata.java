package social.coral.identity;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.StorableText;
import tools.jackson.databind.json.JsonMapper;

/** The limits of {@code user_metadata}, which every access token contains. */
@Component
class UserMetadata {

    private static final int MAX_BYTES = 4096;
    /** Access tokens carry the metadata, and what is nested deeper makes them unreadable. */
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NAME_LENGTH = 200;

    private final JsonMapper json;

    UserMetadata(JsonMapper json) {
        this.json = json;
    }

    void check(Map<String, ?> metadata) {
        String text = json.writeValueAsString(metadata);
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw refused("User metadata can be at most 4 KB.");
        }
        if (depth(metadata) > MAX_DEPTH) {
            throw refused("User metadata can be nested at most " + MAX_DEPTH + " deep.");
        }
        // JSON writes U+0000 as an escape, and doubles a backslash of the text.
        if (!StorableText.isValid(text) || text.replace("\\\\", "").contains("\\u0000")) {
            throw refused("User metadata has a character that is not text.");
        }
    }

    private static int depth(@Nullable Object value) {
        Collection<?> inside = value instanceof Map<?, ?> object ? object.values() : value instanceof List<?> array ? array : null;
        return inside == null ? 0 : 1 + inside.stream().mapToInt(UserMetadata::depth).max().orElse(0);
    }

    /** Checks the metadata. Returns the full name for the new profile, or "" when there is none. */
    String checkedFullName(Map<String, ?> metadata) {
        check(metadata);
        String name = metadata.get("full_name") instanceof String given ? given.strip() : "";
        if (name.codePointCount(0, name.length()) > MAX_NAME_LENGTH) {
            throw refused("A name can have at most " + MAX_NAME_LENGTH + " characters.").at("full_name");
        }
        return name;
    }

    private static Failure refused(String sentence) {
        return Failure.of(HttpStatus.BAD_REQUEST, "validation_failed", sentence);
    }
}
