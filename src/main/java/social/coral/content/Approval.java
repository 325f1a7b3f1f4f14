package social.coral.content;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An approval of exactly one text.
 *
 * @param approvedBy {@code person}, or {@code rule} and the name of the rule
 * @param voidedAt since when it counts no more; null while it does
 * @param voidedBy {@code person}, {@code system} or {@code agent} and its name
 * @param voidedWhy null where it was not entered
 * @param parts all parts of a thread; the one text of the others
 */
public record Approval(
        UUID id,
        String approvedBy,
        Instant createdAt,
        @Nullable Instant voidedAt,
        @Nullable String voidedBy,
        @Nullable Reason voidedWhy,
        @Nullable String title,
        List<String> parts,
        List<TextSource> sources) {

    private static final String RULE = "rule ";

    /** Why an approval counts no more. */
    public enum Reason {
        /** The text got other words. */
        CHANGED,
        /** Somebody took it back. */
        WITHDRAWN,
        /** Publishing failed. */
        FAILED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns the name of the rule that approved it; null for a person. */
    public @Nullable String rule() {
        return approvedBy.startsWith(RULE) ? approvedBy.substring(RULE.length()) : null;
    }
}
