package social.coral.web.posts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.content.CollectedPost;
import social.coral.content.PostFilter;
import social.coral.content.PostOrder;
import social.coral.web.frame.Option;

/**
 * Which collected or imported posts are listed; null or empty for all.
 *
 * @param file the import that they came with
 */
public record CollectedFilter(
        @Nullable String q,
        @Nullable String author,
        @Nullable String file,
        @Nullable String within,
        @Nullable String sort) {

    public static final List<Option> ORDERS = Option.list("engagement", "Most engagement first");
    public static final List<Option> PERIODS =
            Option.list("day", "Last 24 hours", "week", "Last 7 days", "month", "Last 30 days", "year", "Last 365 days");

    private static final Pattern TIME = Pattern.compile("(?i)(?<!\\S)(since|until):");

    /** Returns what to try where nothing matches. */
    public String hint() {
        return TIME.matcher(text(q)).find() ? "“since:” and “until:” are searched for as words. To look for a time, choose one beside the search."
                : text(file).isEmpty() ? "Try a different search or filter. from:handle finds the posts of one author. Put - before a word to leave out the posts that have it."
                : "No post from the file you chose matches, or its import was undone. Try “Any file”.";
    }

    PostOrder order() {
        return PostOrder.of(text(sort));
    }

    PostFilter wanted(CollectedPost.Source source, Instant now) {
        Duration span = switch (Option.chosen("within", within, PERIODS)) {
            case "day" -> Duration.ofDays(1);
            case "week" -> Duration.ofDays(7);
            case "month" -> Duration.ofDays(30);
            case "year" -> Duration.ofDays(365);
            default -> null;
        };
        return PostFilter.of(null, text(author), text(q)).from(source).ofImport(importId()).since(span == null ? null : now.minus(span));
    }

    @Nullable UUID importId() {
        try {
            return text(file).isEmpty() ? null : UUID.fromString(text(file));
        } catch (IllegalArgumentException e) {
            throw Failure.invalid("file", "Choose one of your imports.");
        }
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed.strip();
    }
}
