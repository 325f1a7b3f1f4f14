package social.coral.content;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent's next version of a text, which answers the open notes on it.
 *
 * @param parts all parts of a thread; the one text of the others
 * @param model the model that it is written with, or {@code extracts}
 */
public record Revision(@Nullable String title, List<String> parts, List<TextSource> sources, @Nullable String model) {}
