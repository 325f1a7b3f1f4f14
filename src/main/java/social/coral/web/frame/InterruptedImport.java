package social.coral.web.frame;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Page;
import social.coral.tenancy.AuditLog;

/** Finds an import that ended early, for a person who may never have received its answer. */
@Component
public class InterruptedImport {

    private final AuditLog audit;

    InterruptedImport(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * @param early the action that is entered for an import that ended early
     * @param whole the one of an import that came to its end
     */
    public AuditLog.@Nullable Entry last(String early, String whole) {
        AuditLog.Entry ended = newest(early);
        AuditLog.Entry done = newest(whole);
        return ended == null || done != null && done.position() > ended.position() ? null : ended;
    }

    private AuditLog.@Nullable Entry newest(String action) {
        List<AuditLog.Entry> found = audit.list(new AuditLog.Filter("", action, "", Instant.EPOCH, AuditLog.Filter.ALL.to()), new Page(1, 0));
        return found.isEmpty() ? null : found.getFirst();
    }
}
