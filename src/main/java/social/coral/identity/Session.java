package social.coral.identity;

import java.time.Instant;
import java.util.UUID;

/**
 * A row of {@code auth.coral_sessions}: one sign-in on one device.
 *
 * @param method how the person authenticated
 * @param authenticatedAt when the person authenticated
 */
record Session(UUID id, UUID personId, String aal, String method, Instant authenticatedAt, Instant expiresAt) {}
