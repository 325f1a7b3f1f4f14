package social.coral.web.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.web.frame.Option;

/**
 * Which entries of the audit are shown; null for all.
 *
 * @param action a kind of thing, as the name of an action begins
 */
public record AuditFilter(@Nullable String q, @Nullable String actor, @Nullable String action) {

    public static final List<Option> ACTORS = Option.list("person", "You", "agent", "Agents", "system", "Coral Social");
}
