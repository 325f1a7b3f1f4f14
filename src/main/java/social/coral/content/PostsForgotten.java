package social.coral.content;

import java.util.List;
import java.util.UUID;

/**
 * Posts of the current tenant are removed in the transaction that is open.
 *
 * @param imports the imports that had added them, each as often as there are posts of it
 */
public record PostsForgotten(List<UUID> imports) {}
