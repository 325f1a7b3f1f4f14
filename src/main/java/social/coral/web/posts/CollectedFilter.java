package social.coral.web.posts;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.content.PostFilter;
import social.coral.web.frame.Address;

/** Which collected posts are shown, as it stands in the address; an empty text is no filter. */
public record CollectedFilter(String words, String author, String status, String source, String within, String sort) {

    static CollectedFilter of(
            @Nullable String words,
            @Nullable String author,
            @Nullable String status,
            @Nullable String source,
            @Nullable String within,
            @Nullable String sort) {
        return new CollectedFilter(text(words), text(author), text(status), text(source), text(within), text(sort));
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given.strip();
    }

    public boolean isOpen() {
        return words.isEmpty() && author.isEmpty() && status.isEmpty() && source.isEmpty() && within.isEmpty();
    }

    PostFilter at(Instant now) {
        Duration span = switch (within) {
            case "" -> null;
            case "day" -> Duration.ofDays(1);
            case "week" -> Duration.ofDays(7);
            case "month" -> Duration.ofDays(30);
            case "year" -> Duration.ofDays(365);
            default -> throw Failure.invalid("within", "The period must be day, week, month or year.");
        };
        return PostFilter.of(status, author, words).from(PostFilter.source(source)).since(span == null ? null : now.minus(span));
    }

    Address address() {
        return Address.of("/tweets").with("q", words).with("author", author).with("status", status).with("source", source).with("within", within)
                .with("sort", sort);
    }
}
