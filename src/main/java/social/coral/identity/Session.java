package social.coral.identity;

import java.time.Instant;
import java.util.UUID;

/**
 * A row of {@code auth.coral_sessions}: one sign-in on one device.
 *
 * @param method how the person proved who they are
 * @param authenticatedAt when they did
 */
record Session(UUID id, UUID personId, String aal, String method, Instant authenticatedAt, Instant expiresAt) {}
