package social.coral.vault;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;

/** A key as somebody entered it, without what was copied along with it. */
final class EnteredKey {

    private static final String FIELD = "api_key";
    private static final String BEARER = "bearer ";
    private static final int SHORTEST = 8;
    private static final int LONGEST = 4096;

    private final String text;

    private EnteredKey(String text) {
        this.text = text;
    }

    /** What is no key of any service is a {@link Failure} for {@code api_key}. */
    static EnteredKey of(@Nullable String entered) {
        String text = entered == null ? "" : entered.strip();
        if (text.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            text = text.substring(BEARER.length()).strip();
        }
        if (text.isEmpty()) {
            throw Failure.invalid(FIELD, "Enter a key.");
        }
        if (text.length() < SHORTEST) {
            throw Failure.invalid(FIELD, "This is shorter than any key (" + SHORTEST + " characters). Copy it again.");
        }
        if (text.length() > LONGEST) {
            throw Failure.invalid(FIELD, "This is longer than any key (" + LONGEST + " characters).");
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw Failure.invalid(FIELD, "This has a space or another character that no key has. Copy it again.");
        }
        return new EnteredKey(text);
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The last four characters, or fewer of a short key: never more than an eighth of it. */
    String hint() {
        return "…" + text.substring(text.length() - Math.min(4, text.length() / 8));
    }

    String issuer() {
        return text.startsWith(ApiKeys.SANDBOX_PREFIX) ? "sandbox" : "service";
    }

    @Override
    public String toString() {
        return "EnteredKey[hidden]";
    }
}
