package social.coral.knowledge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was found, the best first.
 *
 * @param notice why it may be less than there is, in a sentence; null when there is no reason
 */
public record KnowledgeAnswer(List<Result> results, @Nullable String notice) {

    /**
     * A text, or the piece of it that fits best.
     *
     * @param kind such as {@code post}
     * @param id of the row that it comes from
     * @param score from 0 to 1; of use only beside others of the same search
     * @param source how it came, such as {@code collected}; of a note the agent
     * @param author a handle without the @; null when the tenant has written it
     * @param url of the text where it was published; null when there is none
     * @param foundBy {@code words}, {@code meaning} or both
     * @param alike how many more say the same and are left out
     * @param excerpt whether the text is a piece of a longer one
     */
    public record Result(
            String kind, UUID id, String text, double score, String source, @Nullable String author, Instant createdAt, @Nullable String url,
            List<String> foundBy, int alike, boolean excerpt, @JsonIgnore List<Match> matches) {}

    /** Words of the text that were searched for, from {@code start} (inclusive) to {@code end} (exclusive). */
    public record Match(int start, int end) {}
}
