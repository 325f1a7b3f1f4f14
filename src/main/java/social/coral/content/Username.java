package social.coral.content;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.networks.NetworkUser;

/** An X username as it is stored: without the {@code @}, in lower case. */
public record Username(String value) {

    private static final Pattern TOO_LONG = Pattern.compile("[A-Za-z0-9_]{16,}");

    /** Parses what a person typed into this field. */
    public static Username of(String field, @Nullable String typed) {
        String name = typed == null ? "" : typed.strip();
        if (name.startsWith("@")) {
            name = name.substring(1);
        }
        if (TOO_LONG.matcher(name).matches()) {
            throw Failure.invalid(field, "The username has " + name.length() + " characters; at most 15 are allowed.");
        }
        if (!NetworkUser.isHandle(name)) {
            throw Failure.invalid(field, name.isEmpty() ? "Enter a username." : "A username has 1 to 15 letters A to Z, digits or _, with or without @.");
        }
        return new Username(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return "@" + value;
    }
}
