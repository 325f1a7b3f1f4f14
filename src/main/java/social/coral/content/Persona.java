package social.coral.content;

import java.time.Instant;
import java.util.UUID;

/** A voice in which agents write. Each tenant has exactly one default. */
public record Persona(
        UUID id, UUID userId, String name, String description, String tone, boolean isDefault, Instant createdAt, Instant updatedAt) {}
