package social.coral.content;

import java.time.Instant;
import java.util.UUID;
import social.coral.networks.Network;

/**
 * An author whom no agent answers.
 *
 * @param author the handle, as it was when the author was muted
 */
public record MutedAuthor(UUID id, UUID userId, Network network, String authorId, String author, Instant createdAt) {}
