package social.coral.jobs;

import java.util.UUID;
import social.coral.tenancy.Tenant;

/**
 * Something that is due.
 *
 * @param instance whose it is and which of theirs: {@code tenant/key}, or the tenant alone
 * @param version changes when the job is announced anew
 * @param failures how often in a row it could not be done and got nowhere
 * @param interrupted how often a process ended while it held the job, since the job last got anywhere
 */
public record Job(String task, String instance, long line, long version, int failures, int interrupted) {

    public Tenant tenant() {
        int slash = instance.indexOf('/');
        return new Tenant(UUID.fromString(slash < 0 ? instance : instance.substring(0, slash)));
    }

    /** Whether the process ended so often while it held the job that it is not held again. */
    public boolean brokeProcess() {
        return interrupted >= LaneWorker.MOST_INTERRUPTIONS;
    }

    boolean keptFailing() {
        return failures >= LaneWorker.MOST_FAILURES;
    }

    public String key() {
        return instance.substring(instance.indexOf('/') + 1);
    }
}
