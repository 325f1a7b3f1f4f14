package social.coral.usage;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import social.coral.tenancy.TenantDoor;

/** Warns the current tenant when 50, 80 and 100 % of a limit are spent, of each once in a period. */
@Component
public class LimitWarnings {

    private final TenantDoor door;
    private final Standings standings;

    LimitWarnings(TenantDoor door, Standings standings) {
        this.door = door;
        this.standings = standings;
    }

    private record Seen(String name, String agent, LocalDate period, int percent) {

        boolean covers(Limit limit) {
            return name.equals(limit.name()) && agent.equals(limit.agent()) && period.equals(limit.period())
                    && percent >= Objects.requireNonNullElse(limit.warning(), 0);
        }
    }

    /** Returns the limits with a warning that was not seen, the most used first. */
    public List<Limit> unseen(Standing standing) {
        List<Limit> reached = standing.limits().stream().filter(limit -> limit.warning() != null).toList();
        if (reached.isEmpty()) {
            return List.of();
        }
        List<Seen> seen = door.sql("""
                        select limit_name, agent, period, percent from public.usage_warnings
                        where user_id = :tenant and period >= :oldest limit 10000
                        """)
                .param("oldest", reached.stream().map(Limit::period).min(LocalDate::compareTo).orElseThrow())
                .list(row -> new Seen(row.getString("limit_name"), row.getString("agent"), row.getObject("period", LocalDate.class), row.getInt("percent")));
        return reached.stream()
                .filter(limit -> seen.stream().noneMatch(one -> one.covers(limit)))
                .sorted((one, other) -> Objects.requireNonNullElse(other.warning(), 0) - Objects.requireNonNullElse(one.warning(), 0))
                .toList();
    }

    /** Notes the warning of a limit as seen, up to this share; what was not reached stays as it is. */
    public void see(String name, String agent, int percent) {
        unseen(standings.now()).stream()
                .filter(limit -> limit.name().equals(name) && limit.agent().equals(agent) && Objects.requireNonNullElse(limit.warning(), 0) == percent)
                .forEach(limit -> door.sql("""
                                insert into public.usage_warnings (period, limit_name, agent, percent) values (:period, :name, :agent, :percent)
                                on conflict (user_id, period, limit_name, agent, percent) do nothing
                                """)
                        .param("period", limit.period())
                        .param("name", name)
                        .param("agent", agent)
                        .param("percent", percent)
                        .update());
    }
}
