package social.coral.content;

import java.util.UUID;

/** A persona to choose, without all that is known of its voice. */
public record PersonaName(UUID id, String name, String tone, boolean isDefault) {}
