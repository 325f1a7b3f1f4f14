package social.coral.content;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A text that was made of a topic. */
public record MadeText(TextKind kind, UUID id, @Nullable String title, PostStatus status) {}
