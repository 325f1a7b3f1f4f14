package social.coral.knowledge;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text that can be searched.
 *
 * @param id of the row that it comes from
 * @param language a language tag such as {@code de}; null when it is not known
 * @param author a handle without the @; null when it is the tenant
 * @param origin how it came, such as {@code collected}, or from which agent
 * @param link to the text where it was published; null when there is none
 */
public record KnowledgeSource(UUID id, String text, @Nullable String language, @Nullable String author, Instant writtenAt, String origin,
        @Nullable String link) {

    public KnowledgeSource {
        // Files have en_US as well.
        language = language == null ? null : language.replace('_', '-');
    }
}
