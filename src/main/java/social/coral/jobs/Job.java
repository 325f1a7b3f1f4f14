package social.coral.jobs;

import java.util.UUID;
import social.coral.tenancy.Tenant;

/**
 * A job that is due.
 *
 * @param instance {@code tenant/key}, or the tenant alone
 * @param version changes when the job is scheduled again
 * @param failures how often in a row it failed without progress
 * @param interrupted how often a process died while holding the job, since its last progress
 */
public record Job(String task, String instance, long line, long version, int failures, int interrupted) {

    public Tenant tenant() {
        int slash = instance.indexOf('/');
        return new Tenant(UUID.fromString(slash < 0 ? instance : instance.substring(0, slash)));
    }

    /** Whether processes died so often while holding the job that it must not be run again. */
    public boolean brokeProcess() {
        return interrupted >= LaneWorker.MAX_INTERRUPTIONS;
    }

    boolean keptFailing() {
        return failures >= LaneWorker.MAX_FAILURES;
    }

    public String key() {
        return instance.substring(instance.indexOf('/') + 1);
    }
}
