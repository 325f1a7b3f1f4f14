package social.coral.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import social.coral.api.Failure;

/** An email address as it is stored and compared: trimmed, in lower case, a single plain mailbox. */
record EmailAddress(String value) {

    // No quotes, commas, spaces or line breaks, which a mail header could read as a second mailbox.
    private static final Pattern PLAIN = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
                    + "@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    static EmailAddress of(@Nullable String text) {
        return find(text).orElseThrow(() ->
                Failure.of(HttpStatus.BAD_REQUEST, "validation_failed", "This is not an email address.").at("email"));
    }

    static Optional<EmailAddress> find(@Nullable String text) {
        String address = text == null ? "" : text.strip();
        // Matched before lower-casing, which turns a few non-ASCII letters into ASCII ones.
        boolean plain = address.length() <= 254 && address.indexOf('@') <= 64 && PLAIN.matcher(address).matches();
        return plain ? Optional.of(new EmailAddress(address.toLowerCase(Locale.ROOT))) : Optional.empty();
    }

    String localPart() {
        return value.substring(0, value.indexOf('@'));
    }
}
