package social.coral.content;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.networks.NetworkUser;
import social.coral.networks.XLinks;

/** An X username as it is stored: without the {@code @}, in lower case. */
public record Username(String value) {

    /** Longer than any link to a profile or a post. Longer text is not looked at, because patterns take their time over it. */
    private static final int MAX_TYPED = 300;
    private static final Pattern TOO_LONG = Pattern.compile("[A-Za-z0-9_]{16,}");
    // What mail programs, brackets and the end of a sentence put around a name.
    private static final Pattern AROUND = Pattern.compile("^[<(\\[{\"'“”„‘’«»]+|[>)\\]}\"'“”„‘’«».,;:!?…]+$");
    private static final Pattern NAME = Pattern.compile("\\p{L}+");
    private static final Pattern LINK = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://.*|(?:[a-z0-9-]+\\.)+[a-z]{2,}(?::\\d+)?/.*|(?:www\\.)?(?:x|twitter)\\.com.*");

    /** Parses what a person typed or pasted into this field: a name with or without {@code @}, or the address of a profile or of a post. */
    public static Username of(String field, @Nullable String typed) {
        if (typed != null && typed.length() > MAX_TYPED) {
            throw Failure.invalid(field, "A handle has 1 to 15 letters A to Z, digits or _.");
        }
        String name = typed == null ? "" : plain(typed);
        if (isLink(name)) {
            name = inLink(field, name);
        } else if (name.startsWith("@")) {
            name = name.substring(1);
        }
        if (TOO_LONG.matcher(name).matches()) {
            throw Failure.invalid(field, "The handle has " + name.length() + " characters; at most 15 are allowed.");
        }
        if (!NetworkUser.isHandle(name)) {
            throw Failure.invalid(field, name.isEmpty() ? "Enter a handle." : "A handle has 1 to 15 letters A to Z, digits or _.");
        }
        String value = name.toLowerCase(Locale.ROOT);
        if (XLinks.isPage(value)) {
            throw Failure.invalid(field, "“" + value + "” is a page of X, not a profile.");
        }
        return new Username(value);
    }

    /** Reports whether this is an address on the web rather than a name. */
    static boolean isLink(String typed) {
        return typed.length() <= MAX_TYPED && LINK.matcher(plain(typed)).matches();
    }

    /** Reports whether this word may be a part of a name: letters alone, without an @. */
    public static boolean mayBeName(String typed) {
        return typed.length() <= MAX_TYPED && NAME.matcher(plain(typed)).matches();
    }

    private static String plain(String typed) {
        return NetworkUser.isHandle(typed) ? typed : AROUND.matcher(Normalizer.normalize(typed, Normalizer.Form.NFKC).strip()).replaceAll("").strip();
    }

    private static String inLink(String field, String link) {
        if (!XLinks.isOnX(link)) {
            throw Failure.invalid(field, "The link does not lead to X.");
        }
        String name = XLinks.username(link);
        if (name == null) {
            throw Failure.invalid(field, "The link leads to a page of X that is not a profile.");
        }
        return name;
    }

    @Override
    public String toString() {
        return "@" + value;
    }
}
