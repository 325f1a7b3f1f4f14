package social.coral.identity;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.StorableText;
import tools.jackson.databind.json.JsonMapper;

/** The limits of {@code user_metadata}, which every access token contains. */
@Component
class UserMetadata {

    private static final int MAX_BYTES = 4096;
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
        // JSON writes U+0000 as an escape, and doubles a backslash of the text.
        if (!StorableText.isValid(text) || text.replace("\\\\", "").contains("\\u0000")) {
            throw refused("User metadata has a character that is not text.");
        }
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
