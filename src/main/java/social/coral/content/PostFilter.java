package social.coral.content;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.content.CollectedPost.Source;
import social.coral.content.CollectedPost.Status;

/**
 * Which collected posts are meant; null means all.
 *
 * @param words a piece of the text, letter case ignored
 * @param source whether it was collected or imported
 * @param since only what was written at that time or later
 */
public record PostFilter(
        @Nullable Status status, @Nullable Username author, @Nullable String words, @Nullable Source source, @Nullable Instant since) {

    public static final PostFilter ALL = new PostFilter(null, null, null, null, null);

    private static final int MAX_WORDS_LENGTH = 200;

    /** Reads the parameters of a request; an empty one is no filter. */
    public static PostFilter of(@Nullable String status, @Nullable String author, @Nullable String words) {
        if (words != null && words.length() > MAX_WORDS_LENGTH) {
            throw Failure.invalid("q", "The search can have at most " + MAX_WORDS_LENGTH + " characters.");
        }
        if (words != null && words.indexOf('\0') >= 0) {
            throw Failure.invalid("q", "The search has a character that no post has.");
        }
        return new PostFilter(
                status == null || status.isBlank() ? null : status(status),
                author == null || author.isBlank() ? null : Username.of("author", author),
                words == null || words.isBlank() ? null : words.strip(),
                null,
                null);
    }

    /** The same, and only what was written at that time or later. */
    public PostFilter since(@Nullable Instant earliest) {
        return new PostFilter(status, author, words, source, earliest);
    }

    /** The same, and only what came that way. */
    public PostFilter from(@Nullable Source way) {
        return new PostFilter(status, author, words, way, since);
    }

    /** A way that a request names; null for none. */
    public static @Nullable Source source(@Nullable String name) {
        return name == null || name.isBlank() ? null : Arrays.stream(Source.values())
                .filter(source -> source.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.invalid("source", "The source must be one of collected, imported."));
    }

    private static Status status(String name) {
        return Arrays.stream(Status.values())
                .filter(status -> status.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.invalid("status", "The status must be one of "
                        + Arrays.stream(Status.values()).map(Status::toString).collect(Collectors.joining(", ")) + "."));
    }
}
