package social.coral.web.texts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import social.coral.content.ReviewedText;
import social.coral.web.frame.ConcurrentEdit;

/** The version of a text that a list showed, as the list's form sends it: {@code id@time}. */
public record Seen(UUID id, Instant at) {

    public static String of(ReviewedText text) {
        return text.id() + "@" + text.updatedAt();
    }

    static Optional<Seen> parse(String sent) {
        String[] parts = sent.split("@", 2);
        Instant at = parts.length < 2 ? null : ConcurrentEdit.seen(parts[1]);
        try {
            return at == null ? Optional.empty() : Optional.of(new Seen(UUID.fromString(parts[0]), at));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns when the text that was shown had been changed last; for one that was not shown, never. */
    static Instant of(UUID id, List<Seen> shown) {
        return shown.stream().filter(seen -> seen.id().equals(id)).map(Seen::at).findFirst().orElse(Instant.EPOCH);
    }
}
