package social.coral.web.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.tenancy.AuditLog;
import social.coral.web.frame.Option;

/**
 * Selects entries of the audit; null or empty for all.
 *
 * @param action a kind of thing, as the name of an action begins
 */
public record AuditFilter(@Nullable String q, @Nullable String actor, @Nullable String action) {

    public static final List<Option> ACTORS =
            Option.list("person", AuditWords.YOU, "agent", "Agents", "system", AuditWords.CORAL_SOCIAL, "anonymous", AuditWords.NOT_SIGNED_IN);

    AuditLog.Filter wanted(AuditWords words) {
        AuditLog.Filter all = AuditLog.Filter.ALL;
        return new AuditLog.Filter(Option.chosen("actor", actor, ACTORS), Option.chosen("action", action, words.things()), q == null ? "" : q, all.from(), all.to());
    }
}
