package social.coral.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.StorableText;
import social.coral.tenancy.TenantDoor;

/**
 * The run engine's own writes. Each names the lease under which the run was taken up and changes nothing when another
 * worker has taken it up since, so that a worker that was thought dead cannot advance a run that continues elsewhere.
 */
@Component
class RunLedger {

    /**
     * A run that one worker holds.
     *
     * @param workedBefore how long it was worked on before, since it was started or retried
     * @param taken when this worker took it up, by {@link System#nanoTime}
     */
    record Lease(
            UUID run,
            int number,
            String agent,
            @Nullable UUID subject,
            boolean scheduled,
            boolean cancelRequested,
            boolean dry,
            Duration workedBefore,
            long taken) {

        /** How long it has been worked on so far. */
        Duration worked() {
            return workedBefore.plusNanos(System.nanoTime() - taken);
        }
    }

    static final int MAX_SENTENCE_LENGTH = 500;
    static final int MAX_ERROR_LENGTH = 1000;

    private final TenantDoor door;

    RunLedger(TenantDoor door) {
        this.door = door;
    }

    /** Takes the run up, unless it is over. */
    Optional<Lease> take(UUID run) {
        return door.sql("""
                        update public.agent_runs
                        set status = 'running', lease = lease + 1, started_at = coalesce(started_at, clock.moment), waiting_until = null,
                          error = null, error_code = null
                        from (select now() as moment) as clock
                        where user_id = :tenant and id = :run and status in ('queued', 'running', 'waiting')
                        returning lease, agent, subject, trigger, cancel_requested, dry_run, worked_ms
                        """)
                .param("run", run)
                .first(row -> new Lease(
                        run,
                        row.getInt("lease"),
                        row.getString("agent"),
                        row.getObject("subject", UUID.class),
                        !row.getString("trigger").equals(Runs.Trigger.PERSON.toString()),
                        row.getBoolean("cancel_requested"),
                        row.getBoolean("dry_run"),
                        Duration.ofMillis(row.getLong("worked_ms")),
                        System.nanoTime()));
    }

    /** Reports whether the person has cancelled a run that is under way. */
    boolean isCancelled(Lease lease) {
        return door.sql("select cancel_requested from public.agent_runs where user_id = :tenant and id = :run")
                .param("run", lease.run())
                .first(row -> row.getBoolean("cancel_requested"))
                .orElse(false);
    }

    /** Locks the run for the rest of the transaction; ends the work when it was taken over or cancelled. */
    void hold(Lease lease) {
        boolean cancelled = door.sql("""
                        select cancel_requested from public.agent_runs
                        where user_id = :tenant and id = :run and lease = :lease and status = 'running' for update
                        """)
                .param("run", lease.run())
                .param("lease", lease.number())
                .first(row -> row.getBoolean(1))
                .orElseThrow(RunEnd.TakenOver::new);
        if (cancelled) {
            throw new RunEnd.Cancelled();
        }
    }

    /** Writes in one transaction, unless the run was taken over or cancelled. */
    void write(Lease lease, Runnable writes) {
        door.transaction(() -> {
            hold(lease);
            writes.run();
        });
    }

    void progress(Lease lease, int done, int total, String message) {
        door.transaction(() -> {
            hold(lease);
            door.sql("""
                            update public.agent_runs
                            set progress_done = :done, progress_total = :total, progress_message = :message
                            where user_id = :tenant and id = :run
                            """)
                    .param("run", lease.run())
                    .param("done", done)
                    .param("total", total)
                    .param("message", StorableText.truncateNullable(message, MAX_SENTENCE_LENGTH))
                    .update();
        });
    }

    /** Ends the run. Reports false when another worker has taken it up since. */
    boolean finish(Lease lease, RunStatus status, @Nullable String message, @Nullable String error, @Nullable String errorCode) {
        return door.transaction(() -> {
            boolean ended = door.sql("""
                            update public.agent_runs
                            set status = :status, finished_at = now(), error = :error, error_code = :code, worked_ms = :worked,
                              progress_message = coalesce(:message, progress_message)
                            where user_id = :tenant and id = :run and lease = :lease and status = 'running'
                            """)
                    .param("run", lease.run())
                    .param("lease", lease.number())
                    .param("status", status)
                    .param("message", StorableText.truncateNullable(message, MAX_SENTENCE_LENGTH))
                    .param("error", StorableText.truncateNullable(error, MAX_ERROR_LENGTH))
                    .param("code", errorCode)
                    .param("worked", lease.worked().toMillis())
                    .update() > 0;
            if (ended) {
                StepLedger.forgetAnswers(door, lease.run());
            }
            if (ended && status != RunStatus.SUCCEEDED) {
                StepLedger.endOpenSteps(door, lease.run(), status == RunStatus.CANCELLED ? StepStatus.CANCELLED : StepStatus.FAILED, error);
            }
            return ended;
        });
    }

    /** Lets another turn continue the run. Nothing more can be written under this lease. */
    void handOver(Lease lease, RunStatus status) {
        door.transaction(() -> {
            hold(lease);
            door.sql("""
                            update public.agent_run_steps set handed_over = true
                            where user_id = :tenant and run_id = :run and status = 'running'
                            """)
                    .param("run", lease.run())
                    .update();
            door.sql("update public.agent_runs set status = :status, lease = lease + 1, worked_ms = :worked where user_id = :tenant and id = :run")
                    .param("run", lease.run())
                    .param("status", status)
                    .param("worked", lease.worked().toMillis())
                    .update();
        });
    }

    /** Releases the run until {@code until}, when it is taken up again where it stopped. */
    void putDown(Lease lease, RunStatus status, @Nullable Instant until, @Nullable String reason, @Nullable String code) {
        door.sql("""
                        update public.agent_runs
                        set status = :status, waiting_until = :until, error = :reason, error_code = :code, worked_ms = :worked
                        where user_id = :tenant and id = :run and lease = :lease and status = 'running'
                        """)
                .param("run", lease.run())
                .param("lease", lease.number())
                .param("status", status)
                .param("until", until)
                .param("reason", StorableText.truncateNullable(reason, MAX_ERROR_LENGTH))
                .param("code", code)
                .param("worked", lease.worked().toMillis())
                .update();
    }
}
