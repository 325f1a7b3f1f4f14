package social.coral.agents;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import social.coral.tenancy.TenantDoor;

/**
 * Announces work to the durable scheduler from within a tenant's transaction, so that a row and the job that works on it
 * are there together or not at all. A tenant can announce only for itself: the database takes it from the claims.
 */
@Component
class Jobs {

    static final String RUN = "agent-run";
    static final String SCHEDULE = "agent-schedule";

    private final TenantDoor door;
    private final Clock clock;
    private volatile Runnable alarm = () -> {};

    Jobs(TenantDoor door, Clock clock) {
        this.door = door;
        this.clock = clock;
    }

    void announceRun(UUID run) {
        announce(RUN, run.toString(), clock.instant());
    }

    void withdrawRun(UUID run) {
        withdraw(RUN, run.toString());
    }

    void announceSchedule(String agent, Instant due) {
        announce(SCHEDULE, agent, due);
    }

    void withdrawSchedule(String agent) {
        withdraw(SCHEDULE, agent);
    }

    /** Lets the scheduler of this process look at once instead of at its next turn. Called after the commit. */
    void wakeUp() {
        alarm.run();
    }

    void onWakeUp(Runnable alarm) {
        this.alarm = alarm;
    }

    private void announce(String task, String key, Instant due) {
        door.sql("select jobs.announce(:task, :key, :due)")
                .param("task", task)
                .param("key", key)
                .param("due", due)
                .one(row -> true);
    }

    private void withdraw(String task, String key) {
        door.sql("select jobs.withdraw(:task, :key)").param("task", task).param("key", key).one(row -> true);
    }
}
