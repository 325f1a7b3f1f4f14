package social.coral.identity;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.StorableText;
import tools.jackson.databind.json.JsonMapper;

/** The bounds of what a person may say of themselves in {@code user_metadata}, which travels in every access token. */
@Component
class UserMetadata {

    private static final int MOST_BYTES = 4096;
    private static final int LONGEST_NAME = 200;

    private final JsonMapper json;

    UserMetadata(JsonMapper json) {
        this.json = json;
    }

    void check(Map<String, ?> metadata) {
        String text = json.writeValueAsString(metadata);
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw refused("User metadata can be at most 4 KB.");
        }
        // Written out, U+0000 is an escape; a backslash of the text itself is doubled.
        if (!StorableText.is(text) || text.replace("\\\\", "").contains("\\u0000")) {
            throw refused("User metadata has a character that is not text.");
        }
    }

    /** The name for the new person's profile, or "" when they gave none. */
    String checkedFullName(Map<String, ?> metadata) {
        check(metadata);
        String name = metadata.get("full_name") instanceof String given ? given.strip() : "";
        if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
            throw refused("A name can have at most " + LONGEST_NAME + " characters.").at("full_name");
        }
        return name;
    }

    private static Failure refused(String sentence) {
        return Failure.of(HttpStatus.BAD_REQUEST, "validation_failed", sentence);
    }
}
