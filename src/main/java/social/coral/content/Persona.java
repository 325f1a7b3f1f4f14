package social.coral.content;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.UUID;

/** A voice in which agents write, under a name. Each tenant has exactly one default. */
public record Persona(
        UUID id, UUID userId, String name, @JsonUnwrapped PersonaVoice voice, boolean isDefault, Instant createdAt, Instant updatedAt) {}
