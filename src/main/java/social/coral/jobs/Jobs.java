package social.coral.jobs;

import java.time.Instant;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import social.coral.tenancy.TenantDoor;

/**
 * Schedules jobs within a tenant's transaction, so that a row and the job that works on it are committed together or not at
 * all. A tenant can schedule only its own jobs: the database takes the tenant from the claims.
 */
@Component
public class Jobs {

    private final TenantDoor door;
    private final ObjectProvider<Worker> worker;

    Jobs(TenantDoor door, ObjectProvider<Worker> worker) {
        this.door = door;
        this.worker = worker;
    }

    /** Schedules the task for the current tenant at {@code due}, replacing an earlier time. */
    public void announce(String task, String key, Instant due) {
        door.sql("select jobs.announce(:task, :key, :due)")
                .param("task", task)
                .param("key", key)
                .param("due", due)
                .one(row -> true);
    }

    /** Cancels the job, unless a worker is running it. */
    public void withdraw(String task, String key) {
        door.sql("select jobs.withdraw(:task, :key)").param("task", task).param("key", key).one(row -> true);
    }

    /** Wakes the workers of this process instead of letting them poll within a second. Called after the commit. */
    public void wakeUp() {
        worker.getObject().wakeUp();
    }
}
