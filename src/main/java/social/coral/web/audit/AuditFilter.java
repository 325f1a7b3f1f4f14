package social.coral.web.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import social.coral.web.frame.Option;

/**
 * Which entries of the audit are shown; null for all.
 *
 * @param action a kind of thing, as the name of an action begins
 */
public record AuditFilter(@Nullable String q, @Nullable String actor, @Nullable String action) {

    public static final List<Option> ACTORS = Option.list("person", "You", "agent", "Agents", "system", "Coral Social");

    public static final List<Option> THINGS = Option.list(new TreeMap<>(Map.of(
            "api_key", "Keys", "session", "Sign-ins", "post", "Your posts", "posts", "Collected and imported posts",
            "account", "X accounts", "persona", "Personas", "profile", "Profile", "run", "Runs", "schedule", "Schedules")));
}
