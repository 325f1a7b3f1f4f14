package social.coral.agents;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.models.Answer;
import social.coral.models.Draft;
import social.coral.models.Instructions;
import social.coral.models.LanguageModel;
import social.coral.models.LanguageModels;
import social.coral.models.ModelParameters;
import social.coral.models.Prompt;
import social.coral.services.Caller;
import social.coral.services.Service;
import social.coral.services.ServiceFault;
import social.coral.tenancy.Tenant;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.Meter;
import social.coral.usage.OpenCall;
import social.coral.vault.ApiKey;
import social.coral.vault.Secret;
import social.coral.vault.ServiceName;

/**
 * Lets a person see what a model writes before an agent uses it: one call, which is reserved, charged and counted like those of the agent.
 */
@Component
public final class ModelTrials {

    private static final int MAX_OUTPUT_TOKENS = 600;
    private static final int A_MINUTE = 6;
    private static final Prompt SAMPLE = new Prompt(Instructions.of("Write one post for a social network about why coral reefs matter, in at most 60 words."
            + " Answer with the post and nothing else."), List.of());

    private final RunTools tools;
    private final LanguageModels models;
    private final Set<Tenant> trying = ConcurrentHashMap.newKeySet();
    private final Cache<Tenant, Bucket> limits = Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofMinutes(2)).build();

    ModelTrials(RunTools tools, LanguageModels models) {
        this.tools = tools;
        this.models = models;
    }

    /**
     * What a trial brought.
     *
     * @param costMicroUsd as it was entered in the ledger
     */
    public record Result(Answer answer, long costMicroUsd) {}

    /** Returns the most that a trial of a model can cost, in millionths of a US dollar. */
    public long price(ServiceName provider, String model) {
        return models.price(provider, sample(new ModelChoice(provider, model, BigDecimal.ONE, null)));
    }

    /**
     * Asks the model of this choice for a sample. A {@link Failure} says what is wrong with the choice, what prevents the call, or
     * why there is no answer. An interrupt of the thread ends the call.
     */
    public Result make(String agent, Map<String, ?> fields, Draft draft) {
        ModelChoice choice = tools.models().considered(agent, fields);
        return answered(agent, choice, sample(choice), draft);
    }

    /** As {@link #make}, for any prompt; {@code agent} is empty for a call that no agent makes. */
    Result answered(String agent, ModelChoice choice, Prompt prompt, Draft draft) {
        Tenant tenant = Tenant.current();
        ServiceName provider = tools.models().provider(choice, tools.keys().list());
        if (!trying.add(tenant)) {
            throw limited("Another sample is being written. Wait until it is finished.", 5);
        }
        try {
            ConsumptionProbe left = limits.get(tenant, key -> Bucket.builder()
                    .addLimit(limit -> limit.capacity(A_MINUTE).refillGreedy(A_MINUTE, Duration.ofMinutes(1))).build()).tryConsumeAndReturnRemaining(1);
            if (!left.isConsumed()) {
                throw limited("You tried many models in a short time. Wait a few seconds.", (int) Duration.ofNanos(left.getNanosToWaitForRefill()).toSeconds() + 1);
            }
            return made(agent, provider, prompt, draft);
        } finally {
            trying.remove(tenant);
        }
    }

    private static Failure limited(String sentence, int seconds) {
        return Failure.of(HttpStatus.TOO_MANY_REQUESTS, "rate_limited", sentence).retryAfter(seconds);
    }

    private Result made(String agent, ServiceName provider, Prompt prompt, Draft draft) {
        Secret key = tools.keys().open(provider).orElseThrow(() -> Failure.conflict("missing_keys",
                "The " + provider.title() + " is missing. Enter it under Settings, Keys."));
        Service<?> service = tools.services().stream().filter(one -> one.isCalledWith(provider) && LanguageModel.class.isAssignableFrom(one.type())).findFirst().orElseThrow();
        OneCall caller = new OneCall(agent, key);
        try {
            return new Result(((LanguageModel) service.connect(key, caller)).answer(prompt, draft), caller.costMicroUsd);
        } catch (ServiceFault fault) {
            if (fault instanceof ServiceFault.KeyRefused) {
                tools.keys().mark(key, ApiKey.State.REFUSED, fault.sentence());
            }
            throw Failure.of(HttpStatus.BAD_GATEWAY, "no_answer", fault.sentence()).with("cost_micro_usd", caller.costMicroUsd);
        }
    }

    private static Prompt sample(ModelChoice choice) {
        return SAMPLE.with(parameters(choice));
    }

    /** How a sample is written with a choice: no longer than a sample needs to be. */
    static ModelParameters parameters(ModelChoice choice) {
        ModelParameters parameters = choice.parameters();
        Integer chosen = parameters.maxOutputTokens();
        return new ModelParameters(parameters.model(), parameters.temperature(), chosen == null ? MAX_OUTPUT_TOKENS : Math.min(chosen, MAX_OUTPUT_TOKENS));
    }

    /** Pays for one call. */
    private final class OneCall implements Caller {

        private final String agent;
        private final Secret key;
        private volatile long costMicroUsd;

        OneCall(String agent, Secret key) {
            this.agent = agent;
            this.key = key;
        }

        @Override
        public int tries() {
            return 1;
        }

        @Override
        public OpenCall open(Call call, Amount most) {
            OpenCall opened = tools.meter().open(call, most, new Meter.Reason(agent, null, null));
            return new OpenCall() {
                @Override
                public void settle(Call.Outcome outcome, Amount used, Duration took) {
                    opened.settle(outcome, used, took);
                    costMicroUsd = tools.meter().price(call, used);
                    if (outcome == Call.Outcome.OK) {
                        tools.keys().accepted(key);
                    }
                }

                @Override
                public void release() {
                    opened.release();
                }
            };
        }
    }
}
