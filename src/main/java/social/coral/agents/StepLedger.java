package social.coral.agents;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.agents.RunLedger.Lease;
import social.coral.api.StorableText;
import social.coral.tenancy.TenantDoor;

/** What the run engine writes of the steps of a run, each under the lease of the run, as {@link RunLedger} does of the run itself. */
@Component
class StepLedger {

    private final TenantDoor door;
    private final RunLedger runs;

    StepLedger(TenantDoor door, RunLedger runs) {
        this.door = door;
        this.runs = runs;
    }

    /**
     * A step at the beginning of an attempt.
     *
     * @param material what went in and came out before, as JSON
     */
    record Begun(StepStatus status, @Nullable String material) {}

    /** Notes what a dry run found out about a step. */
    void wouldDo(Lease lease, String name, String summary, String material) {
        door.transaction(() -> {
            runs.hold(lease);
            door.sql("""
                            insert into public.agent_run_steps (run_id, position, name, status) values (:run, :position, :name, 'planned')
                            on conflict (user_id, run_id, name) do nothing
                            """)
                    .param("run", lease.run())
                    .param("position", nextPosition(lease))
                    .param("name", name)
                    .update();
            door.sql("""
                            update public.agent_run_steps set summary = :summary, material = cast(:material as jsonb)
                            where user_id = :tenant and run_id = :run and name = :name
                            """)
                    .param("run", lease.run())
                    .param("name", name)
                    .param("summary", StorableText.truncate(summary, RunLedger.MAX_SENTENCE_LENGTH))
                    .param("material", material)
                    .update();
        });
    }

    /** Stores the planned steps, unless the run already has steps, and returns those that it has, in their order. */
    List<String> plan(Lease lease, List<String> names) {
        return door.transaction(() -> {
            runs.hold(lease);
            List<String> planned = stepNames(lease);
            if (!planned.isEmpty() || names.isEmpty()) {
                return planned;
            }
            door.sql("insert into public.agent_run_steps (run_id, position, name, status) values :rows")
                    .rows("rows", IntStream.range(0, names.size())
                            .mapToObj(position -> new Object[] {lease.run(), position, names.get(position), StepStatus.PLANNED})
                            .toList())
                    .update();
            return names;
        });
    }

    /** Where a step comes that is not planned: behind those that the run has. */
    private int nextPosition(Lease lease) {
        return door.sql("select count(*) from public.agent_run_steps where user_id = :tenant and run_id = :run")
                .param("run", lease.run())
                .one(row -> row.getInt(1));
    }

    private List<String> stepNames(Lease lease) {
        return door.sql("select name from public.agent_run_steps where user_id = :tenant and run_id = :run order by position")
                .param("run", lease.run())
                .list(row -> row.getString("name"));
    }

    /**
     * Begins a step and returns how it stands: not as running if it has ended before. A step that was planned, or left
     * running or waiting, counts one more attempt and is timed from here; one that was handed over continues the same attempt.
     */
    Begun begin(Lease lease, String name) {
        return door.transaction(() -> {
            runs.hold(lease);
            return door.sql("""
                            insert into public.agent_run_steps as s (run_id, position, name, status, attempts, started_at)
                            values (:run, :position, :name, 'running', 1, now())
                            on conflict (user_id, run_id, name) do update
                            set attempts = case when s.status in ('planned', 'running', 'waiting') and not s.handed_over then s.attempts + 1
                                else s.attempts end,
                              started_at = case when s.status in ('planned', 'running', 'waiting') and not s.handed_over then excluded.started_at
                                else s.started_at end,
                              finished_at = case when s.status in ('planned', 'running', 'waiting') then null else s.finished_at end,
                              status = case when s.status in ('planned', 'waiting') then 'running' else s.status end,
                              handed_over = false
                            returning status, material
                            """)
                    .param("run", lease.run())
                    .param("position", nextPosition(lease))
                    .param("name", name)
                    .one(row -> new Begun(StepStatus.named(row.getString("status")), row.getString("material")));
        });
    }

    /** The answer that was kept of a call of the step, if its answer could not be used before. */
    Optional<String> keptAnswer(Lease lease, String step, String request) {
        return door.sql("select answer from public.run_answers where user_id = :tenant and run_id = :run and step = :step and request = :request")
                .param("run", lease.run())
                .param("step", step)
                .param("request", request)
                .first(row -> row.getString("answer"));
    }

    /** Forgets the answers of a step that has ended: what it made of them is committed, and another attempt asks anew. */
    private void forgetAnswers(Lease lease, String step) {
        door.sql("delete from public.run_answers where user_id = :tenant and run_id = :run and step = :step")
                .param("run", lease.run())
                .param("step", step)
                .update();
    }

    /** Forgets all answers of a run that has ended. */
    static void forgetAnswers(TenantDoor door, UUID run) {
        door.sql("delete from public.run_answers where user_id = :tenant and run_id = :run").param("run", run).update();
    }

    /** Counts how often the step was begun. */
    int attempts(Lease lease, String step) {
        return door.sql("select attempts from public.agent_run_steps where user_id = :tenant and run_id = :run and name = :name")
                .param("run", lease.run())
                .param("name", step)
                .one(row -> row.getInt(1));
    }

    /** What the step last committed, as JSON. */
    Optional<String> state(Lease lease, String step) {
        return door.sql("""
                        select state from public.agent_run_steps
                        where user_id = :tenant and run_id = :run and name = :name and state is not null
                        """)
                .param("run", lease.run())
                .param("name", step)
                .first(row -> row.getString("state"));
    }

    /**
     * Commits the writes, the step's memory of them and what went in and came out together.
     *
     * @param material what went in and came out, read when the writes are done
     */
    <T extends Object> T commit(Lease lease, String step, Supplier<Run.Committed<T>> writes, Supplier<String> material) {
        return door.transaction(() -> {
            runs.hold(lease);
            Run.Committed<T> committed = writes.get();
            door.sql("""
                            update public.agent_run_steps set state = cast(:state as jsonb), material = cast(:material as jsonb)
                            where user_id = :tenant and run_id = :run and name = :name
                            """)
                    .param("run", lease.run())
                    .param("name", step)
                    .param("state", committed.remembered())
                    .param("material", material.get())
                    .update();
            return committed.result();
        });
    }

    /**
     * Ends a step, or lets it wait.
     *
     * @param code why it failed, where another attempt would not help: {@code not_found} or {@code forbidden}
     * @param material what went in and came out
     * @param asked whether a service was asked, so that its answers are kept
     */
    void end(Lease lease, String step, StepStatus status, @Nullable String summary, @Nullable String error, @Nullable String code, String material,
            boolean asked) {
        door.transaction(() -> {
            runs.hold(lease);
            if (asked && status != StepStatus.WAITING) {
                forgetAnswers(lease, step);
            }
            door.sql("""
                            update public.agent_run_steps
                            set status = :status, summary = coalesce(:summary, summary), error = :error, error_code = :code,
                              material = cast(:material as jsonb),
                              finished_at = case when :status <> 'waiting' then clock.moment end
                            from (select now() as moment) as clock
                            where user_id = :tenant and run_id = :run and name = :name
                            """)
                    .param("run", lease.run())
                    .param("name", step)
                    .param("status", status)
                    .param("summary", StorableText.truncateNullable(summary, RunLedger.MAX_SENTENCE_LENGTH))
                    .param("error", StorableText.truncateNullable(error, RunLedger.MAX_ERROR_LENGTH))
                    .param("code", code)
                    .param("material", material)
                    .update();
        });
    }

    /** How many steps of the run have the status. */
    int count(Lease lease, StepStatus status) {
        return door.sql("""
                        select count(*) from public.agent_run_steps
                        where user_id = :tenant and run_id = :run and status = :status
                        """)
                .param("run", lease.run())
                .param("status", status)
                .one(row -> row.getInt(1));
    }

    /** The error of the first step that failed. */
    Optional<String> firstError(Lease lease) {
        return door.sql("""
                        select error from public.agent_run_steps
                        where user_id = :tenant and run_id = :run and status = 'failed' and error is not null
                        order by position limit 1
                        """)
                .param("run", lease.run())
                .first(row -> row.getString(1));
    }

    /** Ends what was under way when a run ended without it, so that nothing seems to go on. */
    static void endOpenSteps(TenantDoor door, UUID run, StepStatus status, @Nullable String error) {
        door.sql("""
                        update public.agent_run_steps set status = :status, error = :error, finished_at = now()
                        where user_id = :tenant and run_id = :run and status in ('running', 'waiting')
                        """)
                .param("run", run)
                .param("status", status)
                .param("error", StorableText.truncateNullable(error, RunLedger.MAX_ERROR_LENGTH))
                .update();
    }
}
