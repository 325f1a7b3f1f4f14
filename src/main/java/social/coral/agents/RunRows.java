package social.coral.agents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import social.coral.agents.AgentRun.Progress;
import social.coral.agents.AgentRun.RunStep;
import social.coral.tenancy.Columns;
import social.coral.tenancy.Query;
import social.coral.tenancy.TenantDoor;

/** Reads the rows of runs and of their steps. */
@Component
class RunRows {

    static final String SELECT = """
            select id, agent, subject, trigger, dry_run, status, queued_at, started_at, retried_at, finished_at, waiting_until,
              cancel_requested and status = 'running' as cancelling, progress_done, progress_total, progress_message,
              cost_micro_usd, error, error_code
            from public.agent_runs where user_id = :tenant
            """;

    // A run has a thousand steps at most; all of a hundred runs would not fit into memory.
    private static final int MAX_STEPS = 10_000;

    private final TenantDoor door;

    RunRows(TenantDoor door) {
        this.door = door;
    }

    /** Returns the newest run of each of these agents, without its steps. */
    Query<AgentRun> latestOf(List<String> agents) {
        return door.sql("""
                        select latest.*
                        from unnest(cast(:agents as text[])) as known (agent)
                        cross join lateral (
                        """ + SELECT + """
                          and agent = known.agent and not dry_run
                          order by queued_at desc, id limit 1
                        ) as latest
                        """)
                .param("agents", agents.toArray(String[]::new))
                .query(RunRows::read);
    }

    /** A step and the run that it belongs to. */
    record StepOfRun(UUID run, RunStep step) {}

    /** Returns the steps of the newest run of each of these agents. */
    Query<StepOfRun> stepsOfLatest(List<String> agents) {
        return door.sql("""
                        select run_id, name, step.status, attempts, summary, step.error, step.error_code, step.started_at, step.finished_at
                        from unnest(cast(:agents as text[])) as known (agent)
                        cross join lateral (
                          select id from public.agent_runs where user_id = :tenant and agent = known.agent and not dry_run
                          order by queued_at desc, id limit 1
                        ) as latest
                        join public.agent_run_steps as step on step.user_id = :tenant and step.run_id = latest.id
                        where step.position < :most
                        order by run_id, position
                        """)
                .param("agents", agents.toArray(String[]::new))
                .param("most", MAX_STEPS / agents.size())
                .query(RunRows::readStep);
    }

    /** Returns the steps of each of these runs; of many runs, the first hundred or more of each. */
    Map<UUID, List<RunStep>> steps(List<UUID> runs) {
        if (runs.isEmpty()) {
            return Map.of();
        }
        return byRun(door.sql("""
                        select run_id, name, status, attempts, summary, error, error_code, started_at, finished_at
                        from public.agent_run_steps where user_id = :tenant and run_id in (:runs) and position < :most
                        order by run_id, position
                        """)
                .param("runs", runs)
                .param("most", MAX_STEPS / runs.size())
                .list(RunRows::readStep));
    }

    /** What went into the first steps of a run and came out of them, as JSON, by their positions. */
    Map<Integer, String> material(UUID run, int from, int to) {
        Map<Integer, String> material = new HashMap<>();
        door.sql("""
                        select position, material from public.agent_run_steps
                        where user_id = :tenant and run_id = :run and position between :from and :to and material is not null
                        """)
                .param("run", run)
                .param("from", from)
                .param("to", to)
                .list(row -> material.put(row.getInt("position"), row.getString("material")));
        return material;
    }

    static Map<UUID, List<RunStep>> byRun(List<StepOfRun> steps) {
        return steps.stream().collect(Collectors.groupingBy(StepOfRun::run, Collectors.mapping(StepOfRun::step, Collectors.toList())));
    }

    private static StepOfRun readStep(ResultSet row) throws SQLException {
        return new StepOfRun(row.getObject("run_id", UUID.class), new RunStep(
                row.getString("name"),
                Columns.word(row, "step " + row.getString("name"), "status", StepStatus::named),
                row.getInt("attempts"),
                row.getString("summary"),
                row.getString("error"),
                row.getString("error_code"),
                Columns.optionalInstant(row, "started_at"),
                Columns.optionalInstant(row, "finished_at")));
    }

    static AgentRun read(ResultSet row) throws SQLException {
        return new AgentRun(
                Columns.id(row),
                row.getString("agent"),
                row.getObject("subject", UUID.class),
                row.getString("trigger"),
                row.getBoolean("dry_run"),
                Columns.word(row, "status", RunStatus::named),
                Columns.instant(row, "queued_at"),
                Columns.optionalInstant(row, "started_at"),
                Columns.optionalInstant(row, "retried_at"),
                Columns.optionalInstant(row, "finished_at"),
                Columns.optionalInstant(row, "waiting_until"),
                row.getBoolean("cancelling"),
                new Progress(
                        row.getInt("progress_done"), row.getObject("progress_total", Integer.class), row.getString("progress_message")),
                List.of(),
                row.getLong("cost_micro_usd"),
                row.getString("error"),
                row.getString("error_code"));
    }
}
