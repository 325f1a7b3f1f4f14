package social.coral.content;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
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

    /** What a text is judged by, in the order in which scores are shown. */
    public static final List<String> CRITERIA = List.of("evidence", "structure", "voice", "originality", "safety");

    public Critique {
        Map<String, Integer> ordered = new LinkedHashMap<>();
        scores.entrySet().stream().sorted(Comparator.comparingInt(score -> CRITERIA.indexOf(score.getKey()))).forEach(score -> ordered.put(score.getKey(), score.getValue()));
        scores = Collections.unmodifiableMap(ordered);
    }

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
