package social.coral.content;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.content.CollectedPost.Status;

/**
 * Which collected posts are meant; null means all.
 *
 * @param words a piece of the text, letter case ignored
 */
public record PostFilter(@Nullable Status status, @Nullable Username author, @Nullable String words) {

    public static final PostFilter ALL = new PostFilter(null, null, null);

    private static final int LONGEST_WORDS = 200;

    /** Reads the parameters of a request; an empty one is no filter. */
    public static PostFilter of(@Nullable String status, @Nullable String author, @Nullable String words) {
        if (words != null && words.length() > LONGEST_WORDS) {
            throw Failure.invalid("q", "must be at most " + LONGEST_WORDS + " characters");
        }
        if (words != null && words.indexOf('\0') >= 0) {
            throw Failure.invalid("q", "holds a character that no post has");
        }
        return new PostFilter(
                status == null || status.isBlank() ? null : status(status),
                author == null || author.isBlank() ? null : Username.of("author", author),
                words == null || words.isBlank() ? null : words.strip());
    }

    private static Status status(String name) {
        return Arrays.stream(Status.values())
                .filter(status -> status.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.invalid("status", "must be one of "
                        + Arrays.stream(Status.values()).map(Status::toString).collect(Collectors.joining(", "))));
    }

    /** The words as a pattern of {@code ilike}, in which they stand for nothing but themselves; empty for none. */
    String pattern() {
        return words == null ? "" : "%" + words.replaceAll("[\\\\%_]", "\\\\$0") + "%";
    }
}
