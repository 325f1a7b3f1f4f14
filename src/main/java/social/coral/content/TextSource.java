package social.coral.content;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A source of a text.
 *
 * @param number by which the text refers to it
 * @param url empty for a collected post without an address
 * @param postId the collected post that it is, if it is one
 */
public record TextSource(int number, String url, String title, @Nullable UUID postId) {

    /** The most of a text. */
    public static final int MOST = 50;

    private static final Pattern NAME = Pattern.compile("@([A-Za-z0-9_]{1,15})");

    /** The handle of who it is by, without its sign, where the title is just that. Whom another title names, its author wants named. */
    public Optional<String> author() {
        return author(title);
    }

    /** As above, by the title alone. */
    static Optional<String> author(String title) {
        Matcher name = NAME.matcher(title.strip());
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }
}
