package social.coral.agents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.jobs.Jobs;
import social.coral.tenancy.Columns;
import social.coral.tenancy.Query;
import social.coral.tenancy.TenantDoor;

/** The current tenant's schedules, one for each agent. */
@Component
public class Schedules {

    private final TenantDoor door;
    private final Jobs jobs;
    private final Clock clock;

    Schedules(TenantDoor door, Jobs jobs, Clock clock) {
        this.door = door;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** The agent's schedule, or {@link #unset}. */
    Schedule of(String agent) {
        return door.sql("""
                        select enabled, extract(epoch from every)::bigint as every_seconds, at, days, time_zone
                        from public.agent_schedules where user_id = :tenant and agent = :agent
                        """)
                .param("agent", agent)
                .first(Schedules::read)
                .orElseGet(() -> unset().list().getFirst());
    }

    /**
     * A schedule as it is stored.
     *
     * @param nextRunAt when the agent works next by itself: never while the account is about to be erased
     */
    record Stored(String agent, Schedule schedule, @Nullable Instant nextRunAt) {}

    /** All schedules that were ever set. */
    Query<Stored> stored() {
        return door.sql("""
                        select agent, enabled, extract(epoch from every)::bigint as every_seconds, at, days, schedule.time_zone,
                          case when enabled and erasure_due_at is null then next_run_at end as next_run_at
                        from public.agent_schedules as schedule
                        join public.user_profiles as profile on profile.user_id = :tenant
                        where schedule.user_id = :tenant
                        """)
                .query(row -> new Stored(row.getString("agent"), read(row), Columns.optionalInstant(row, "next_run_at")));
    }

    /** The schedule of an agent that was never given one: off, and in the person's own zone. */
    Query<Schedule> unset() {
        return door.sql("select time_zone from public.user_profiles where user_id = :tenant")
                .query(row -> Schedule.off(ZoneId.of(String.valueOf(Columns.zone(row, "time_zone")))));
    }

    private Optional<Instant> planned(String agent) {
        return door.sql("select next_run_at from public.agent_schedules where user_id = :tenant and agent = :agent and enabled")
                .param("agent", agent)
                .first(row -> Optional.ofNullable(Columns.optionalInstant(row, "next_run_at")))
                .flatMap(next -> next);
    }

    /** @param seen the {@link Schedule#version} that the person saw; null replaces whatever is there */
    void put(String agent, Schedule schedule, @Nullable String seen) {
        Duration every = schedule.every();
        Optional<Instant> next = schedule.next(clock.instant());
        door.transaction(() -> {
            door.lockTenant();
            Schedule before = of(agent);
            if (seen != null && !seen.equals(before.version()) && !schedule.equals(before)) {
                throw Failure.changedMeanwhile();
            }
            door.sql("""
                            insert into public.agent_schedules (agent, enabled, every, at, days, time_zone, next_run_at)
                            values (:agent, :enabled, cast(:every as interval), :at, :days, :zone, :next)
                            on conflict (user_id, agent) do update
                            set enabled = excluded.enabled, every = excluded.every, at = excluded.at, days = excluded.days,
                              time_zone = excluded.time_zone, next_run_at = excluded.next_run_at, held_back_at = null, updated_at = excluded.updated_at
                            """)
                    .param("agent", agent)
                    .param("enabled", schedule.enabled())
                    .param("every", every == null ? null : every.toString())
                    .param("at", schedule.at().stream().map(LocalTime::toString).toArray(String[]::new))
                    .param("days", schedule.days().stream().map(Schedule::shortName).toArray(String[]::new))
                    .param("zone", schedule.timeZone().getId())
                    .param("next", next.orElse(null))
                    .update();
            door.audit("schedule.changed", agent);
            next.ifPresentOrElse(due -> jobs.announce(AgentJobs.SCHEDULE, agent, due), () -> jobs.withdraw(AgentJobs.SCHEDULE, agent));
        });
    }

    /**
     * Lets {@code start} begin what is due and moves the schedule on, in one transaction. A time that is farther away than the
     * schedule allows, put there by a clock that was ahead, is taken nearer.
     *
     * @return when to look again, or nothing when the schedule is off
     */
    Optional<Instant> due(String agent, Consumer<String> start) {
        Instant now = clock.instant();
        return door.transaction(() -> {
            Optional<Instant> planned = planned(agent);
            if (planned.isEmpty()) {
                return planned;
            }
            Optional<Instant> next = of(agent).next(now);
            if (planned.get().isAfter(now)) {
                if (next.isEmpty() || !planned.get().isAfter(next.get())) {
                    return planned;
                }
            } else {
                start.accept(agent);
            }
            door.sql("update public.agent_schedules set next_run_at = :next where user_id = :tenant and agent = :agent")
                    .param("agent", agent)
                    .param("next", next.orElse(null))
                    .update();
            return next;
        });
    }

    /** One that cannot be set, written by hand or by an earlier version, is off: it starts nothing until it is set again. */
    private static Schedule read(ResultSet row) throws SQLException {
        try {
            return readable(row);
        } catch (DateTimeException | NoSuchElementException | NullPointerException e) {
            return Schedule.off(ZoneId.of("UTC"));
        }
    }

    private static Schedule readable(ResultSet row) throws SQLException {
        Long seconds = row.getObject("every_seconds", Long.class);
        return new Schedule(
                row.getBoolean("enabled"),
                seconds == null ? null : Duration.ofSeconds(seconds),
                texts(row, "at").stream().map(LocalTime::parse).toList(),
                texts(row, "days").stream().map(Schedules::day).collect(Collectors.toSet()),
                ZoneId.of(String.valueOf(Columns.zone(row, "time_zone"))));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static DayOfWeek day(String name) {
        return Arrays.stream(DayOfWeek.values()).filter(day -> Schedule.shortName(day).equals(name)).findFirst().orElseThrow();
    }
}
