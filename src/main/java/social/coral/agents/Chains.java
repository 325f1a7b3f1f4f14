package social.coral.agents;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.tenancy.TenantDoor;

/** Which agents the current tenant lets start the next one when they are done. None does unless the person says so. */
@Component
public class Chains {

    /** What comes after an agent in the pipeline. Nothing leads back, so that no chain is endless. */
    public static final Map<String, String> NEXT = next();

    private final TenantDoor door;

    Chains(TenantDoor door) {
        this.door = door;
    }

    private static Map<String, String> next() {
        Map<String, String> next = new HashMap<>();
        for (int i = 1; i < Agents.PIPELINE.size(); i++) {
            next.put(Agents.PIPELINE.get(i - 1), Agents.PIPELINE.get(i));
        }
        return Map.copyOf(next);
    }

    /**
     * Whether an agent starts the next one at the end of a run that succeeded.
     *
     * @param next the agent that comes after it
     */
    public record Chain(String next, boolean enabled) {}

    /** The agents that start the next one. */
    public Set<String> on() {
        return Set.copyOf(door.sql("select agent from public.agent_chains where user_id = :tenant order by agent").list(row -> row.getString(1)));
    }

    /** Whether an agent starts the next one. 404 for an agent that none comes after. */
    public Chain of(String agent) {
        return new Chain(next(agent), isOn(agent));
    }

    private static String next(String agent) {
        return Optional.ofNullable(NEXT.get(agent)).orElseThrow(Failure::notFound);
    }

    /** Reports whether an agent starts the next one. */
    boolean isOn(String agent) {
        return door.sql("select true from public.agent_chains where user_id = :tenant and agent = :agent and next = :next")
                .param("agent", agent)
                .param("next", NEXT.getOrDefault(agent, ""))
                .first(row -> row.getBoolean(1)).orElse(false);
    }

    /** Lets an agent start the next one, or not any more. 404 for an agent that none comes after. */
    public void set(String agent, boolean on) {
        String next = next(agent);
        door.transaction(() -> {
            String change = on ? "insert into public.agent_chains (agent, next) values (:agent, :next) on conflict (user_id, agent, next) do nothing"
                    : "delete from public.agent_chains where user_id = :tenant and agent = :agent and next = :next";
            if (door.sql(change).param("agent", agent).param("next", next).update() > 0) {
                door.audit(on ? "chain.started" : "chain.ended", agent + " " + next);
            }
        });
    }
}
