package social.coral.content;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person lets be approved without them: texts of a kind that an agent wrote, nobody edited, and in which nothing is marked.
 *
 * @param enabled whether it approves anything
 * @param agent the agent whose texts it approves; null for any
 * @param minScore what a critique must give for each criterion at least, which only blog posts have; null where none is needed
 * @param maxCharacters how long a text may be, all its parts together; null for any
 * @param maxParts how many parts a thread may have; null for any
 * @param links whether it approves texts with links, which are all links of sources
 */
public record ApprovalRule(
        UUID id,
        String name,
        boolean enabled,
        TextKind kind,
        @Nullable String agent,
        @Nullable Integer minScore,
        @Nullable Integer maxCharacters,
        @Nullable Integer maxParts,
        boolean links,
        Instant createdAt,
        Instant updatedAt) {

    /** Reports whether it can approve the text as it is; the database looks again, at the critique as well. */
    boolean covers(ReviewedText text) {
        return enabled && kind == text.kind() && (agent == null || agent.equals(text.writtenBy().agent()))
                && (maxParts == null || text.texts().size() <= maxParts)
                && (maxCharacters == null || text.texts().stream().mapToInt(part -> part.codePointCount(0, part.length())).sum() <= maxCharacters)
                && (links || text.texts().stream().noneMatch(DraftMarks::hasLink));
    }
}
