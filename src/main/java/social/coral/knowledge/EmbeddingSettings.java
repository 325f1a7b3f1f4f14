package social.coral.knowledge;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import social.coral.api.Choice;
import social.coral.api.Failure;
import social.coral.jobs.Jobs;
import social.coral.knowledge.EmbeddingState.Waiting;
import social.coral.models.LanguageModels;
import social.coral.tenancy.TenantDoor;
import social.coral.usage.BudgetChanged;
import social.coral.usage.PlanLimits;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.CallsResumed;
import social.coral.vault.ServiceName;

/** The current tenant's choice of the model that embeds its texts, and what becomes of it. */
@Component
public class EmbeddingSettings {

    private static final String FIELD = "embeddings";
    /** In most scripts a token takes three bytes or more. */
    private static final int BYTES_OF_A_TOKEN = 3;

    private final TenantDoor door;
    private final EmbeddingChoices choices;
    private final Generations generations;
    private final ItemRows items;
    private final VectorRows vectors;
    private final ApiKeys keys;
    private final PlanLimits plan;
    private final LanguageModels models;
    private final Jobs jobs;
    private final Clock clock;

    EmbeddingSettings(TenantDoor door, EmbeddingChoices choices, Generations generations, ItemRows items, VectorRows vectors, ApiKeys keys, PlanLimits plan,
            LanguageModels models, Jobs jobs, Clock clock) {
        this.door = door;
        this.choices = choices;
        this.generations = generations;
        this.items = items;
        this.vectors = vectors;
        this.keys = keys;
        this.plan = plan;
        this.models = models;
        this.jobs = jobs;
        this.clock = clock;
    }

    public EmbeddingState state() {
        EmbeddingChoice choice = choices.current();
        Optional<Generation> own = generations.list().stream().filter(choice::isOf).findFirst();
        EmbeddingChoice answering = generations.toAsk().stream().findFirst().flatMap(EmbeddingChoice::of).orElse(null);
        long texts = items.extent().count();
        long embedded = own.map(generation -> vectors.extent(generation.number()).count()).orElse(0L);
        long refused = own.isPresent() && !items.isAnyAfter(own.get().embeddedTo()) ? Math.max(0, texts - embedded) : 0;
        Waiting waiting = own.map(Generation::pause).filter(pause -> pause.until().isAfter(clock.instant()))
                .map(pause -> new Waiting(pause.code(), pause.reason(), pause.until())).orElse(null);
        return new EmbeddingState(choice, answering, texts, embedded, refused, cost(choice, own.map(Generation::embeddedTo).orElse(0L)), waiting);
    }

    /** Returns about what it costs to embed all texts by a model, of which some may be embedded already, in millionths of a US dollar. */
    public long cost(EmbeddingChoice choice) {
        return cost(choice, 0);
    }

    private long cost(EmbeddingChoice choice, long from) {
        return choice.isPaid() ? models.embeddingPrice(choice.model(), items.bytesAfter(from) / BYTES_OF_A_TOKEN) : 0;
    }

    /**
     * Sets the given fields; a null sets the default again. Another model makes its vectors in the background. The same choice again has
     * what waits go on.
     */
    public EmbeddingState change(Map<String, ?> fields) {
        fields.keySet().stream().filter(field -> !field.equals(FIELD)).findFirst().ifPresent(unknown -> {
            throw Failure.unknownField(unknown);
        });
        if (fields.containsKey(FIELD)) {
            choose(choice(fields.get(FIELD)));
        }
        return state();
    }

    private static EmbeddingChoice choice(@Nullable Object given) {
        return given == null ? EmbeddingChoice.BUILT_IN : Choice.of(FIELD, "model", String.valueOf(given), List.of(EmbeddingChoice.values()));
    }

    private void choose(EmbeddingChoice choice) {
        if (choice.isPaid()) {
            choice.requireIn(plan);
            requireKey();
        }
        door.transaction(() -> {
            if (choice != choices.current()) {
                choices.save(choice);
                generations.choose(choice);
            }
            keys.resume();
            generations.goOn();
            announce(choice);
        });
        jobs.wakeUp();
    }

    private void requireKey() {
        String title = ServiceName.OPENAI.title();
        ApiKey stored = keys.find(ServiceName.OPENAI).filter(ApiKey::isActive)
                .orElseThrow(() -> Failure.invalid(FIELD, "This model needs your " + title + ". Enter it under Settings, Keys."));
        if (stored.isBroken()) {
            throw Failure.invalid(FIELD, "This model needs an " + title + " that works. Replace yours under Settings, Keys.");
        }
    }

    private void announce(EmbeddingChoice choice) {
        jobs.announce(EmbeddingJob.of(choice), KnowledgeJob.INDEX, clock.instant());
    }

    @EventListener
    void callsResumed(CallsResumed event) {
        if (event.service() == ServiceName.OPENAI) {
            goOn();
        }
    }

    @EventListener
    void budgetChanged(BudgetChanged event) {
        goOn();
    }

    /** Tries again at once what waits: the reason may be gone. */
    private void goOn() {
        door.transaction(() -> {
            if (generations.goOn()) {
                announce(choices.current());
            }
        });
    }
}
