package social.coral.content;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was judged of a version of a blog post.
 *
 * @param scores from 0 to 100, by criterion
 * @param model the model that judged, or {@code extracts}
 */
public record Critique(int version, Verdict verdict, Map<String, Integer> scores, List<Reason> reasons, String model, Instant createdAt) {

    /**
     * Why, by one criterion.
     *
     * @param quote the words of the text that it is about; null for the whole
     */
    public record Reason(String criterion, @Nullable String quote, String reason) {}

    /** What is to become of the text. */
    public enum Verdict {
        APPROVE,
        REVISE,
        REJECT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
