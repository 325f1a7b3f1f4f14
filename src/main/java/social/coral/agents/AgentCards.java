package social.coral.agents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.agents.AgentRun.RunStep;
import social.coral.services.Service;
import social.coral.tenancy.RoundTrip;
import social.coral.tenancy.TenantDoor;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** Reads in one round trip what the current tenant's agents lack, their schedules and their newest runs. */
@Component
class AgentCards {

    private final TenantDoor door;
    private final List<Service<?>> services;
    private final ApiKeys keys;
    private final TenantData data;
    private final RunRows runs;
    private final Schedules schedules;

    AgentCards(TenantDoor door, List<Service<?>> services, ApiKeys keys, TenantData data, RunRows runs, Schedules schedules) {
        this.door = door;
        this.services = services;
        this.keys = keys;
        this.data = data;
        this.runs = runs;
        this.schedules = schedules;
    }

    /** The keys that the agent needs. */
    List<ServiceName> needs(Agent agent) {
        Set<Class<?>> used = agent.about().services();
        return services.stream().filter(service -> used.contains(service.type())).map(Service::key).sorted().toList();
    }

    List<AgentCard> of(List<Agent> agents) {
        List<String> names = agents.stream().map(agent -> agent.about().name()).toList();
        RoundTrip trip = new RoundTrip(door);
        Supplier<List<ApiKey>> stored = trip.add(keys.query());
        Supplier<List<Schedules.Stored>> planned = trip.add(schedules.stored());
        Supplier<List<Schedule>> unset = trip.add(schedules.unset());
        Supplier<List<AgentRun>> latest = trip.add(runs.latestOf(names));
        Supplier<List<RunRows.StepOfRun>> steps = trip.add(runs.stepsOfLatest(names));
        List<Supplier<@Nullable Prerequisite>> unmet = agents.stream().map(agent -> unmet(agent, trip)).toList();

        Map<String, Schedules.Stored> schedule = byName(planned.get(), Schedules.Stored::agent);
        Map<String, AgentRun> run = byName(latest.get(), AgentRun::agent);
        Map<UUID, List<RunStep>> stepsOf = RunRows.byRun(steps.get());
        List<AgentCard> cards = new ArrayList<>();
        for (int i = 0; i < agents.size(); i++) {
            AgentRun last = run.get(names.get(i));
            cards.add(card(agents.get(i), stored.get(), unmet.get(i).get(),
                    schedule.getOrDefault(names.get(i), new Schedules.Stored(names.get(i), unset.get().getFirst(), null)),
                    last == null ? null : last.with(stepsOf.getOrDefault(last.id(), List.of()))));
        }
        return cards;
    }

    /** The first of the agent's prerequisites that the tenant lacks. */
    private Supplier<@Nullable Prerequisite> unmet(Agent agent, RoundTrip trip) {
        record Asked(Prerequisite prerequisite, Supplier<? extends List<?>> rows) {}
        List<Asked> asked = agent.prerequisites(data).stream().map(one -> new Asked(one, trip.add(one.rows()))).toList();
        return () -> asked.stream()
                .filter(one -> one.rows().get().isEmpty())
                .map(Asked::prerequisite)
                .findFirst()
                .orElse(null);
    }

    private AgentCard card(Agent agent, List<ApiKey> stored, @Nullable Prerequisite unmet, Schedules.Stored schedule, @Nullable AgentRun last) {
        AgentDescription about = agent.about();
        List<ServiceName> needs = needs(agent);
        Set<ServiceName> active = stored.stream().filter(ApiKey::isActive).map(ApiKey::serviceName).collect(Collectors.toSet());
        List<ServiceName> missing = needs.stream().filter(need -> !active.contains(need)).toList();
        return new AgentCard(
                about.name(),
                about.title(),
                about.description(),
                needs,
                missing,
                stored.stream().filter(key -> key.isBroken() && needs.contains(key.serviceName())).toList(),
                missing.isEmpty() && unmet == null,
                unmet,
                schedule.schedule(),
                last,
                schedule.nextRunAt());
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        return all.stream().collect(Collectors.toMap(name, Function.identity()));
    }
}
