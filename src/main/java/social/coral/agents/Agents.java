package social.coral.agents;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** The product's agents as the current tenant has them: what each lacks, when it works, how it went last. */
@Component
public class Agents {

    private final List<Agent> agents;
    private final ApiKeys keys;
    private final TenantData data;
    private final Runs runs;
    private final Schedules schedules;

    Agents(List<Agent> agents, ApiKeys keys, TenantData data, Runs runs, Schedules schedules) {
        this.agents = agents.stream().sorted(Comparator.comparing(agent -> agent.about().title())).toList();
        this.keys = keys;
        this.data = data;
        this.runs = runs;
        this.schedules = schedules;
    }

    public List<AgentCard> list() {
        List<ApiKey> stored = keys.list();
        return agents.stream().map(agent -> card(agent, stored)).toList();
    }

    /** What a person calls each of those whose doings the log tells, by its name there: the product itself, then the agents. */
    public Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("system", "Coral Social");
        agents.forEach(agent -> titles.put(agent.about().name(), agent.about().title()));
        return titles;
    }

    /** The services that some agent does not work without. */
    public Set<ServiceName> needs() {
        return agents.stream().flatMap(agent -> agent.about().needs().stream()).collect(Collectors.toSet());
    }

    /** What a person calls an agent; its name when it is gone. */
    public String title(String name) {
        return titles().getOrDefault(name, name);
    }

    /** One agent; 404 for a name that no agent has. */
    public AgentCard get(String name) {
        return card(named(name), keys.list());
    }

    /**
     * Queues a run because a person asked for it. 409 {@code missing_keys} with {@code missing}, {@code nothing_to_do}, or
     * {@code already_running} with {@code run_id}.
     */
    public AgentRun run(String name) {
        return start(name, Runs.Trigger.PERSON);
    }

    AgentRun start(String name, Runs.Trigger trigger) {
        Agent agent = named(name);
        List<ServiceName> missing = missing(agent, held(keys.list()));
        if (!missing.isEmpty()) {
            throw Failure.of(HttpStatus.CONFLICT, "missing_keys",
                            "Missing: " + missing.stream().map(ServiceName::title).collect(Collectors.joining(", "))
                                    + ". Enter it under Settings, Keys.")
                    .with("missing", missing);
        }
        agent.nothingToDo(data).ifPresent(reason -> {
            throw Failure.conflict("nothing_to_do", reason);
        });
        return runs.start(name, trigger);
    }

    /** Sets when the agent works by itself. */
    public Schedule schedule(String name, Schedule schedule) {
        return schedule(name, schedule, null);
    }

    /**
     * Sets it as it was seen: 409 {@code changed_meanwhile} when another was set since.
     *
     * @param seen the {@link Schedule#version} of what the person saw; null replaces whatever is there
     */
    public Schedule schedule(String name, Schedule schedule, @Nullable String seen) {
        schedules.put(named(name).about().name(), schedule, seen);
        return schedules.of(name);
    }

    private Agent named(String name) {
        return agents.stream().filter(agent -> agent.about().name().equals(name)).findFirst().orElseThrow(Failure::notFound);
    }

    private AgentCard card(Agent agent, List<ApiKey> stored) {
        AgentDescription about = agent.about();
        List<ServiceName> missing = missing(agent, held(stored));
        Optional<String> nothingToDo = agent.nothingToDo(data);
        return new AgentCard(
                about.name(),
                about.title(),
                about.description(),
                about.needs().stream().sorted().toList(),
                missing,
                stored.stream().filter(key -> key.isBroken() && about.needs().contains(key.serviceName())).toList(),
                missing.isEmpty() && nothingToDo.isEmpty(),
                nothingToDo.orElse(null),
                schedules.of(about.name()),
                runs.latest(about.name()).orElse(null),
                schedules.nextRunAt(about.name()).orElse(null));
    }

    private static List<ServiceName> missing(Agent agent, Set<ServiceName> held) {
        return agent.about().needs().stream().filter(need -> !held.contains(need)).sorted().toList();
    }

    private static Set<ServiceName> held(List<ApiKey> stored) {
        return stored.stream().filter(ApiKey::isActive).map(ApiKey::serviceName).collect(Collectors.toSet());
    }
}
