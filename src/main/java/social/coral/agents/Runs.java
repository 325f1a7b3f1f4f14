package social.coral.agents;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import social.coral.agents.AgentRun.RunStep;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.erasure.ErasureAsked;
import social.coral.jobs.Jobs;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;
import social.coral.vault.ApiKeys;
import tools.jackson.databind.json.JsonMapper;

/** Starts, reads, cancels and retries the current tenant's runs. */
@Component
public class Runs {

    /** Who asked for a run. */
    enum Trigger {
        PERSON,
        SCHEDULE,
        /** The end of another agent's run. */
        CHAIN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How many steps' material is read at a time, so that it fits into an answer. */
    public static final int MAX_MATERIAL = 16;

    private final TenantDoor door;
    private final Jobs jobs;
    private final RunRows rows;
    private final ApiKeys keys;
    private final JsonMapper json;

    Runs(TenantDoor door, Jobs jobs, RunRows rows, ApiKeys keys, JsonMapper json) {
        this.keys = keys;
        this.json = json;
        this.door = door;
        this.jobs = jobs;
        this.rows = rows;
    }

    /**
     * Queues a run; the row and its job are committed together. A person wakes a run about the same that waits. While a run of that agent is
     * under way otherwise, this is a 409 {@code already_running} with its {@code run_id}.
     */
    AgentRun start(String agent, @Nullable UUID subject, Trigger trigger) {
        AgentRun run = door.transaction(() -> {
            beginAlone();
            if (trigger == Trigger.PERSON) {
                keys.resume();
                Optional<AgentRun> woken = wake(agent, subject);
                if (woken.isPresent()) {
                    return woken.get();
                }
            } else {
                endDeferred(agent);
            }
            Optional<UUID> queued = door.sql("""
                            insert into public.agent_runs (agent, subject, trigger) values (:agent, :subject, :trigger)
                            on conflict (user_id, agent) where status in ('queued', 'running', 'waiting') and not dry_run do nothing
                            returning id
                            """)
                    .param("agent", agent)
                    .param("subject", subject)
                    .param("trigger", trigger)
                    .first(row -> Columns.id(row));
            UUID id = queued.orElseThrow(() -> alreadyRunning(agent));
            AgentRun started = find(id).orElseThrow();
            jobs.announce(AgentJobs.RUN, id.toString(), started.queuedAt());
            door.audit("run.started", agent);
            return started;
        });
        jobs.wakeUp();
        return run;
    }

    /**
     * Queues a run that only shows what it would do, or returns the one that is queued. It is beside the run that is under way, and no audit
     * tells of it.
     */
    AgentRun show(String agent, @Nullable UUID subject) {
        AgentRun run = door.transaction(() -> {
            beginAlone();
            UUID id = door.sql("""
                            insert into public.agent_runs (agent, subject, trigger, dry_run) values (:agent, :subject, 'person', true)
                            on conflict (user_id, agent) where status in ('queued', 'running', 'waiting') and dry_run do nothing
                            returning id
                            """)
                    .param("agent", agent)
                    .param("subject", subject)
                    .first(row -> Columns.id(row))
                    .or(() -> door.sql("""
                                    select id from public.agent_runs
                                    where user_id = :tenant and agent = :agent and status in ('queued', 'running', 'waiting') and dry_run
                                    """)
                            .param("agent", agent)
                            .first(row -> Columns.id(row)))
                    .orElseThrow(() -> Failure.conflict("already_running", "This is being found out. Try again in a moment."));
            AgentRun shown = find(id).orElseThrow();
            jobs.announce(AgentJobs.RUN, id.toString(), shown.queuedAt());
            return shown;
        });
        jobs.wakeUp();
        return run;
    }

    private Optional<AgentRun> wake(String agent, @Nullable UUID subject) {
        return waiting(agent).filter(run -> Objects.equals(run.subject(), subject)).map(run -> wake(run.id()));
    }

    /** The run of an agent that waits, locked until the transaction ends; an agent has one under way at most. */
    private Optional<AgentRun> waiting(String agent) {
        return door.sql(RunRows.SELECT + "and agent = :agent and status = 'waiting' and not dry_run for update").param("agent", agent).first(RunRows::read);
    }

    /** Queues a run that waits, within a transaction. */
    AgentRun wake(UUID id) {
        Instant now = door.sql("""
                        update public.agent_runs set status = 'queued', waiting_until = null, error = null, error_code = null
                        where user_id = :tenant and id = :id and status = 'waiting' returning now()
                        """)
                .param("id", id)
                .one(row -> Columns.instant(row, "now"));
        jobs.announce(AgentJobs.RUN, id.toString(), now);
        door.audit("run.resumed", id);
        return find(id).orElseThrow();
    }

    /** Wakes the run of an agent that waits, after a person changed what it works with. */
    void changed(String agent) {
        door.transaction(() -> waiting(agent).map(run -> wake(run.id())));
        jobs.wakeUp();
    }

    /** Ends a run that waits for a few last steps, so that they do not hold back the next run, which does them again. */
    private void endDeferred(String agent) {
        door.sql("""
                        update public.agent_runs
                        set status = 'succeeded', finished_at = now(), waiting_until = null, error = null, error_code = null
                        where user_id = :tenant and agent = :agent and status = 'waiting' and error_code = :code returning id
                        """)
                .param("agent", agent)
                .param("code", RunExecution.STEPS_LIMITED)
                .list(row -> Columns.id(row))
                .forEach(id -> {
                    door.sql("""
                                    update public.agent_run_steps set status = 'skipped', summary = 'Left to the next run', error = null, finished_at = now()
                                    where user_id = :tenant and run_id = :id and status = 'waiting'
                                    """)
                            .param("id", id)
                            .update();
                    StepLedger.forgetAnswers(door, id);
                    jobs.withdraw(AgentJobs.RUN, id.toString());
                });
    }

    /** Serialises what starts and retries runs of a tenant, and refuses both while the account is about to be erased. */
    private void beginAlone() {
        if (door.sql("select erasure_due_at is not null from public.user_profiles where user_id = :tenant for update").one(row -> row.getBoolean(1))) {
            throw Failure.conflict("account_leaving",
                    "Agents are stopped because your account will be erased. Press Undo to keep it.");
        }
    }

    /** Cancels all runs when the person asks for the account to be erased. */
    @EventListener
    void leaving(ErasureAsked asked) {
        door.sql("select id from public.agent_runs where user_id = :tenant and status in ('queued', 'running', 'waiting')")
                .list(row -> Columns.id(row))
                .forEach(this::cancel);
    }

    private Failure alreadyRunning(String agent) {
        return Failure.conflict("already_running", "This agent is already running. Wait for the run to finish, or cancel it.")
                .with("run_id", underWay(agent).orElse(null));
    }

    private Optional<UUID> underWay(String agent) {
        return door.sql("""
                        select id from public.agent_runs
                        where user_id = :tenant and agent = :agent and status in ('queued', 'running', 'waiting') and not dry_run
                        """)
                .param("agent", agent)
                .first(row -> Columns.id(row));
    }

    public Optional<AgentRun> find(UUID id) {
        return door.sql(RunRows.SELECT + "and id = :id")
                .param("id", id)
                .first(RunRows::read)
                .map(run -> run.with(rows.steps(List.of(id)).getOrDefault(id, List.of())));
    }

    /**
     * What went into some steps of a run and what came out of them, by the place of the step; those without any are left out.
     *
     * @param from the place of the first step, from 0
     * @param to the place of the last, at most {@link #MAX_MATERIAL} steps
     */
    public Map<Integer, StepMaterial> material(UUID id, int from, int to) {
        Map<Integer, StepMaterial> material = new HashMap<>();
        rows.material(id, from, Math.min(to, from + MAX_MATERIAL - 1)).forEach((place, kept) -> material.put(place, StepMaterial.of(kept, json)));
        return material;
    }

    /** The newest runs first, of one agent or all, in one status or all. Of many runs, each has its first hundred or more steps only. */
    public List<AgentRun> list(@Nullable String agent, @Nullable RunStatus status, Page page) {
        List<AgentRun> runs = door.sql(RunRows.SELECT + """
                          and (cast(:agent as text) is null or agent = :agent)
                          and (cast(:status as text) is null or status = :status)
                        order by queued_at desc, id limit :limit offset :offset
                        """)
                .param("agent", agent)
                .param("status", status)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(RunRows::read);
        Map<UUID, List<RunStep>> steps = rows.steps(runs.stream().map(AgentRun::id).toList());
        return runs.stream().map(run -> run.with(steps.getOrDefault(run.id(), List.of()))).toList();
    }

    /** The agents of these runs, by run; without those that do not exist. */
    public Map<UUID, String> agents(Collection<UUID> ids) {
        Map<UUID, String> agents = new HashMap<>();
        if (!ids.isEmpty()) {
            door.sql("select id, agent from public.agent_runs where user_id = :tenant and id in (:ids)")
                    .param("ids", List.copyOf(ids))
                    .list(row -> agents.put(Columns.id(row), row.getString("agent")));
        }
        return agents;
    }

    /** Returns the agents of all runs, by run. Part of a search, so it takes the turn to search before it reads them. */
    public Map<UUID, String> agents() {
        return door.sql("select id, agent from public.agent_runs where user_id = :tenant limit 10000")
                .asSearch()
                .list(row -> Map.entry(Columns.id(row), row.getString("agent"))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The newest run of an agent. */
    public Optional<AgentRun> latest(String agent) {
        return rows.latestOf(List.of(agent)).list().stream().findFirst().flatMap(run -> find(run.id()));
    }

    /**
     * Ends a run: at once when no worker has it, otherwise at its next step. 404 for none, 409 {@code already_over} for
     * one that has ended.
     */
    public AgentRun cancel(UUID id) {
        return door.transaction(() -> {
            AgentRun run = locked(id);
            if (run.status().isOver()) {
                throw Failure.conflict("already_over", "This run has already ended.");
            }
            door.sql("""
                            update public.agent_runs
                            set cancel_requested = true,
                              status = case when status = 'running' then status else 'cancelled' end,
                              finished_at = case when status = 'running' then null else clock.moment end,
                              waiting_until = null, error = null, error_code = null
                            from (select now() as moment) as clock
                            where user_id = :tenant and id = :id and status in ('queued', 'running', 'waiting')
                            """)
                    .param("id", id)
                    .update();
            door.audit("run.cancelled", id);
            AgentRun after = find(id).orElseThrow();
            if (after.status().isOver()) {
                StepLedger.forgetAnswers(door, id);
                StepLedger.endOpenSteps(door, id, StepStatus.CANCELLED, null);
                jobs.withdraw(AgentJobs.RUN, id.toString());
            }
            return after;
        });
    }

    /**
     * Queues an ended run again: what succeeded stays, what failed or was not finished is tried again, and nothing else. 409 {@code
     * nothing_to_retry} otherwise.
     */
    public AgentRun retry(UUID id) {
        AgentRun queued = door.transaction(() -> {
            beginAlone();
            keys.resume();
            AgentRun run = locked(id);
            if (!run.canBeRetried()) {
                throw Failure.conflict("nothing_to_retry", "Nothing in this run has failed.");
            }
            if (underWay(run.agent()).isPresent()) {
                throw alreadyRunning(run.agent());
            }
            door.sql("""
                            update public.agent_run_steps set status = 'waiting', error = null, error_code = null
                            where user_id = :tenant and run_id = :id and status in ('failed', 'cancelled', 'running')
                            """)
                    .param("id", id)
                    .update();
            door.sql("""
                            update public.agent_runs
                            set status = 'queued', retried_at = now(), finished_at = null, error = null, error_code = null, cancel_requested = false,
                              worked_ms = 0, progress_done = 0, progress_total = null, progress_message = null
                            where user_id = :tenant and id = :id
                            """)
                    .param("id", id)
                    .update();
            AgentRun again = find(id).orElseThrow();
            jobs.announce(AgentJobs.RUN, id.toString(), Objects.requireNonNull(again.retriedAt()));
            door.audit("run.retried", id);
            return again;
        });
        jobs.wakeUp();
        return queued;
    }

    /** The run, locked until the transaction ends. */
    private AgentRun locked(UUID id) {
        return door.sql("select id from public.agent_runs where user_id = :tenant and id = :id for update")
                .param("id", id)
                .first(row -> Columns.id(row))
                .flatMap(this::find)
                .orElseThrow(Failure::notFound);
    }
}
