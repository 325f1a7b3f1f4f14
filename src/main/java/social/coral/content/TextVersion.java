package social.coral.content;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text as it was.
 *
 * @param number from 1, in the order in which they were written
 * @param parts all parts of a thread; the one text of the others
 * @param author {@code person}, or the name of the agent that wrote it so
 * @param model the model that the agent wrote with
 */
public record TextVersion(int number, @Nullable String title, List<String> parts, String author, @Nullable String model, Instant createdAt) {}
