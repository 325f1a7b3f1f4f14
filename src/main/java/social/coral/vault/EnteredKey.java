package social.coral.vault;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;

/** A key that a person entered, without surrounding spaces or a "Bearer" prefix. */
final class EnteredKey {

    private static final String BEARER = "bearer ";
    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 4096;

    private final String text;

    private EnteredKey(String text) {
        this.text = text;
    }

    /** Parses the input. A {@link Failure} for the field when it cannot be a key of any service. */
    static EnteredKey of(String field, @Nullable String entered) {
        String text = entered == null ? "" : entered.strip();
        if (text.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            text = text.substring(BEARER.length()).strip();
        }
        if (text.isEmpty()) {
            throw Failure.invalid(field, "Enter a key.");
        }
        if (text.length() < MIN_LENGTH) {
            throw Failure.invalid(field, "This is too short for a key (at least " + MIN_LENGTH + " characters). Copy it again.");
        }
        if (text.length() > MAX_LENGTH) {
            throw Failure.invalid(field, "This is too long for a key (at most " + MAX_LENGTH + " characters).");
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw Failure.invalid(field, "This contains a space or another character that keys do not have. Copy it again.");
        }
        if (text.startsWith("http://") || text.startsWith("https://")) {
            throw Failure.invalid(field, "This is a web address. Copy the key itself.");
        }
        return new EnteredKey(text);
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the last four characters, but never more than an eighth of the key. */
    String hint() {
        return "…" + text.substring(text.length() - Math.min(4, text.length() / 8));
    }

    /** Only the bearer token can be one of the sandbox. */
    String issuer(ServiceName service) {
        return service == ServiceName.TWITTER_BEARER && text.startsWith(ApiKeys.SANDBOX_PREFIX) ? ApiKeys.SANDBOX : "service";
    }

    @Override
    public String toString() {
        return "EnteredKey[hidden]";
    }
}
