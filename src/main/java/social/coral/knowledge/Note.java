package social.coral.knowledge;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an agent has noted.
 *
 * @param agent the agent's name, which only it writes under
 * @param lang a language tag such as {@code de}; null when it is not known
 */
public record Note(UUID id, UUID userId, String agent, String name, String content, @Nullable String lang, Instant createdAt, Instant updatedAt) {}
