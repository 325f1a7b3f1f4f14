package social.coral.agents;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Choice;
import social.coral.api.Failure;
import social.coral.api.Failure.FieldError;
import social.coral.models.LanguageModels;
import social.coral.vault.ServiceName;

/** The product's agents as the current tenant has them. */
@Component
public class Agents {

    /** The agent that collects posts: the pages lead to it, and the demo starts it. */
    public static final String COLLECTING = "tweet-scraping";
    /** The agent that finds topics in what was collected: its page leads to it. */
    public static final String TOPICS = "hot-topics";
    /** The agent that finds out what is known about a topic. */
    public static final String RESEARCH = "research";
    /** The agent that writes blog posts about topics. */
    public static final String WRITING = "blog-writing";
    /** The agent that judges blog posts. */
    public static final String CRITIQUE = "blog-critique";
    /** The agent that makes threads of blog posts. */
    public static final String THREADS = "blog-to-tweet";
    /** The agent that counts how the person's own posts are doing. */
    public static final String METRICS = "metrics";
    /** The agent that drafts replies to mentions: the page of replies leads to it, and the demo starts it. */
    public static final String REPLIES = "x-reply";

    /** The agents of which each makes what the next one works on. */
    static final List<String> PIPELINE = List.of(COLLECTING, TOPICS, RESEARCH, WRITING, CRITIQUE, THREADS);

    private final List<Agent> agents;
    private final AgentCards cards;
    private final Runs runs;
    private final Schedules schedules;
    private final ModelChoices choices;
    private final RunLimitChoices limits;
    private final LanguageModels models;
    private final TenantData data;

    Agents(List<Agent> agents, AgentCards cards, Runs runs, Schedules schedules, ModelChoices choices, RunLimitChoices limits, LanguageModels models,
            TenantData data) {
        this.agents = agents.stream().sorted(Comparator.comparingInt(Agents::place).thenComparing(agent -> agent.about().title())).toList();
        this.cards = cards;
        this.runs = runs;
        this.schedules = schedules;
        this.choices = choices;
        this.limits = limits;
        this.models = models;
        this.data = data;
    }

    /** Those of the pipeline come first. */
    private static int place(Agent agent) {
        int place = PIPELINE.indexOf(agent.about().name());
        return place < 0 ? PIPELINE.size() : place;
    }

    public List<AgentCard> list() {
        return cards.of(agents);
    }

    /** Returns the titles of all that the log names, by name: the product itself, then the agents. */
    public Map<String, String> titles() {
        return titles(agents);
    }

    static Map<String, String> titles(List<Agent> agents) {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("system", "Coral Social");
        agents.forEach(agent -> titles.put(agent.about().name(), agent.about().title()));
        return titles;
    }

    /** Returns the name that a list is filtered by; 400 for one that the log does not know. Null is no filter. */
    @Nullable String known(@Nullable String name) {
        return name == null ? null : Choice.of("agent", "agent", name, titles().keySet());
    }

    /** The keys that at least one agent needs. */
    public Set<ServiceName> needs() {
        return agents.stream().flatMap(agent -> cards.needs(agent).stream()).collect(Collectors.toSet());
    }

    /** The title of an agent, or its name when the agent no longer exists. */
    public String title(String name) {
        return titles().getOrDefault(name, name);
    }

    /** One agent; 404 for a name that no agent has. */
    public AgentCard get(String name) {
        return cards.of(List.of(named(name))).getFirst();
    }

    /**
     * Queues a run because a person asked for it, or wakes the one that waits. 409 {@code missing_keys} with {@code missing}, {@code nothing_to_do}, or
     * {@code already_running} with {@code run_id}.
     */
    public AgentRun run(String name) {
        return run(name, null);
    }

    /**
     * The same for one thing alone.
     *
     * @param subject what to work on, such as a topic, where the agent has something to do about it; 400 otherwise. Null for whatever there is to do
     */
    public AgentRun run(String name, @Nullable UUID subject) {
        return start(name, subject, Runs.Trigger.PERSON);
    }

    /**
     * Queues a run that only shows what a run would do and cost, and does nothing. What is refused of a run is refused of this, but while
     * spending is stopped it is shown.
     */
    public AgentRun show(String name, @Nullable UUID subject) {
        requireWork(get(name), subject);
        return runs.show(name, subject);
    }

    AgentRun start(String name, @Nullable UUID subject, Runs.Trigger trigger) {
        AgentCard card = get(name);
        requireWork(card, subject);
        if (card.stopped() != null) {
            throw card.stopped();
        }
        return runs.start(name, subject, trigger);
    }

    private void requireWork(AgentCard card, @Nullable UUID subject) {
        if (!card.missing().isEmpty()) {
            throw Failure.of(HttpStatus.CONFLICT, "missing_keys",
                            "Missing: " + card.missing().stream().map(ServiceName::title).collect(Collectors.joining(", "))
                                    + ". Enter it under Settings, Keys.")
                    .with("missing", card.missing());
        }
        // What there is to do in general says nothing about one thing: a person's own blog post can be made a thread of, though no agent wrote any.
        if (subject == null && card.unmet() != null) {
            throw Failure.conflict("nothing_to_do", card.unmet().sentence());
        }
        if (subject != null && !canWorkOn(card.name(), subject)) {
            throw Failure.invalid("subject", "There is nothing for this agent to do about it.");
        }
    }

    /** What one run of each agent may do at most, with the defaults, by name. */
    public Map<String, RunLimits> limits() {
        Map<String, RunLimits> chosen = limits.all();
        return agents.stream().map(agent -> agent.about().name())
                .collect(Collectors.toMap(name -> name, name -> chosen.getOrDefault(name, RunLimits.NONE).orDefault()));
    }

    /** What one run of an agent may do at most, as the person chose it. */
    public RunLimits limits(String name) {
        return limits.of(named(name).about().name());
    }

    /** Changes it. Each field that cannot be taken is named (400), and then nothing changes. */
    public RunLimits limits(String name, Map<String, ?> fields) {
        return limits.change(named(name).about().name(), fields);
    }

    /** Reports whether a run of the agent can be about this one thing. */
    public boolean canWorkOn(String name, UUID subject) {
        return named(name).canWorkOn(subject, data);
    }

    /** Sets when the agent starts by itself. */
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

    /** The choice of a model for an agent, with what is known of the model. */
    public AgentSettings settings(String name) {
        ChosenModel model = get(name).model();
        return model == null ? AgentSettings.NONE : AgentSettings.of(model, models.refused(model.provider(), model.model()));
    }

    /**
     * Changes the choice of a model, and wakes the agent's run if it waits. Each field that cannot be taken is named (400), and then
     * nothing changes.
     */
    public AgentSettings settings(String name, Map<String, ?> fields) {
        if (!fields.isEmpty() && !named(name).about().usesChosenModel()) {
            throw Failure.invalid(fields.keySet().stream().map(field -> new FieldError(field, "This agent uses no language model.")).toList());
        }
        if (!fields.isEmpty()) {
            choices.change(name, fields);
            runs.changed(name);
        }
        return settings(name);
    }

    private Agent named(String name) {
        return agents.stream().filter(agent -> agent.about().name().equals(name)).findFirst().orElseThrow(Failure::notFound);
    }
}
