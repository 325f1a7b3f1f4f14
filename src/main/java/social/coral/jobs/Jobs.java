package social.coral.jobs;

import java.time.Instant;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import social.coral.tenancy.TenantDoor;

/**
 * Announces work from within a tenant's transaction, so that a row and the job that works on it are there together or not at
 * all. A tenant can announce only for itself: the database takes it from the claims.
 */
@Component
public class Jobs {

    private final TenantDoor door;
    private final ObjectProvider<Worker> worker;

    Jobs(TenantDoor door, ObjectProvider<Worker> worker) {
        this.door = door;
        this.worker = worker;
    }

    /** Lets the task be done at {@code due} for the current tenant; another time in place of one that was announced before. */
    public void announce(String task, String key, Instant due) {
        door.sql("select jobs.announce(:task, :key, :due)")
                .param("task", task)
                .param("key", key)
                .param("due", due)
                .one(row -> true);
    }

    /** Takes the announcement back, unless a worker has the job in hand. */
    public void withdraw(String task, String key) {
        door.sql("select jobs.withdraw(:task, :key)").param("task", task).param("key", key).one(row -> true);
    }

    /** Lets the workers of this process look at once instead of within a second. Called after the commit. */
    public void wakeUp() {
        worker.getObject().wakeUp();
    }
}
