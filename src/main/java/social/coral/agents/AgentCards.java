package social.coral.agents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.agents.AgentRun.RunStep;
import social.coral.api.Failure;
import social.coral.models.LanguageModel;
import social.coral.models.LanguageModels;
import social.coral.services.Service;
import social.coral.tenancy.RoundTrip;
import social.coral.tenancy.TenantDoor;
import social.coral.usage.Meter;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** Reads in one round trip what the current tenant's agents lack, their schedules and their newest runs, and in another whether calls are stopped. */
@Component
class AgentCards {

    private final TenantDoor door;
    private final List<Service<?>> services;
    private final ApiKeys keys;
    private final TenantData data;
    private final RunRows runs;
    private final Schedules schedules;
    private final ModelChoices choices;
    private final LanguageModels models;
    private final Meter meter;

    AgentCards(TenantDoor door, List<Service<?>> services, ApiKeys keys, TenantData data, RunRows runs, Schedules schedules,
            ModelChoices choices, LanguageModels models, Meter meter) {
        this.door = door;
        this.services = services;
        this.keys = keys;
        this.data = data;
        this.runs = runs;
        this.schedules = schedules;
        this.choices = choices;
        this.models = models;
        this.meter = meter;
    }

    /** The keys that the agent may need, whichever model the person chooses. */
    List<ServiceName> needs(Agent agent) {
        return keys(agent.about().services(), models.providers(), List.of());
    }

    private List<ServiceName> keys(Set<Class<?>> used, List<ServiceName> ofModel, List<ApiKey> stored) {
        Stream<ServiceName> others = services.stream().filter(service -> used.contains(service.type())).flatMap(service -> service.keys(stored).stream());
        return Stream.concat(others, used.contains(LanguageModel.class) ? ofModel.stream() : Stream.empty()).distinct().sorted().toList();
    }

    List<AgentCard> of(List<Agent> agents) {
        List<String> names = agents.stream().map(agent -> agent.about().name()).toList();
        RoundTrip trip = new RoundTrip(door);
        Supplier<List<ApiKey>> stored = trip.add(keys.query());
        Supplier<List<Schedules.Stored>> planned = trip.add(schedules.stored());
        Supplier<List<Schedule>> unset = trip.add(schedules.unset());
        Supplier<List<ModelChoices.Stored>> chosen = trip.add(choices.stored());
        Supplier<List<AgentRun>> latest = trip.add(runs.latestOf(names));
        Supplier<List<RunRows.StepOfRun>> steps = trip.add(runs.stepsOfLatest(names));
        List<Supplier<@Nullable Prerequisite>> unmet = agents.stream().map(agent -> unmet(agent, trip)).toList();

        Failure stopped = meter.stopped().orElse(null);
        Map<String, Schedules.Stored> schedule = byName(planned.get(), Schedules.Stored::agent);
        Map<String, ModelChoices.Stored> choice = byName(chosen.get(), ModelChoices.Stored::agent);
        Map<String, AgentRun> run = byName(latest.get(), AgentRun::agent);
        Map<UUID, List<RunStep>> stepsOf = RunRows.byRun(steps.get());
        List<AgentCard> cards = new ArrayList<>();
        for (int i = 0; i < agents.size(); i++) {
            AgentRun last = run.get(names.get(i));
            cards.add(card(agents.get(i), stored.get(), unmet.get(i).get(),
                    agents.get(i).about().usesChosenModel() ? choice.getOrDefault(names.get(i), new ModelChoices.Stored(names.get(i), ModelChoice.DEFAULT)).choice() : null,
                    schedule.getOrDefault(names.get(i), new Schedules.Stored(names.get(i), unset.get().getFirst(), null)),
                    last == null ? null : last.with(stepsOf.getOrDefault(last.id(), List.of())), stopped));
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

    private AgentCard card(Agent agent, List<ApiKey> stored, @Nullable Prerequisite unmet, @Nullable ModelChoice choice, Schedules.Stored schedule,
            @Nullable AgentRun last, @Nullable Failure stopped) {
        AgentDescription about = agent.about();
        ServiceName provider = choice == null ? null : choices.provider(choice, stored);
        List<ServiceName> ofModel = provider == null ? List.of() : List.of(provider);
        List<ServiceName> needs = keys(about.services(), ofModel, stored);
        List<ServiceName> optional = keys(about.optional(), ofModel, stored);
        Set<ServiceName> active = stored.stream().filter(ApiKey::isActive).map(ApiKey::serviceName).collect(Collectors.toSet());
        List<ServiceName> missing = needs.stream().filter(need -> !active.contains(need)).toList();
        return new AgentCard(
                about.name(),
                about.title(),
                about.description(),
                needs,
                optional,
                provider != null && !about.needsChosenModel() && !active.contains(provider),
                missing,
                stored.stream().filter(key -> key.isBroken() && (needs.contains(key.serviceName()) || optional.contains(key.serviceName()))).toList(),
                missing.isEmpty() && unmet == null,
                unmet,
                needs.isEmpty() && optional.stream().noneMatch(active::contains) ? null : stopped,
                provider == null || choice == null ? null : new ChosenModel(choice, provider, models.title(provider),
                        choice.model() == null ? models.defaultModel(provider) : choice.model()),
                schedule.schedule(),
                last,
                schedule.nextRunAt());
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        return all.stream().collect(Collectors.toMap(name, Function.identity()));
    }
}
