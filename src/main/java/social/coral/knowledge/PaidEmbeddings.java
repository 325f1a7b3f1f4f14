package social.coral.knowledge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.identity.Suspensions;
import social.coral.models.TextEmbeddings;
import social.coral.services.Backoff;
import social.coral.services.Caller;
import social.coral.services.Service;
import social.coral.services.ServiceFault;
import social.coral.services.ServiceFault.Postponed;
import social.coral.tenancy.Tenant;
import social.coral.usage.Amount;
import social.coral.usage.BudgetFailure;
import social.coral.usage.Call;
import social.coral.usage.Meter;
import social.coral.usage.OpenCall;
import social.coral.usage.PlanLimits;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.KeyUnreadable;
import social.coral.vault.Secret;

/** Embeddings of a service for the current tenant, each call of which is made with the tenant's key and charged to it. */
final class PaidEmbeddings implements Embeddings {

    /** A key or a model that is missing seldom comes back, and a person who changes something has it tried at once. */
    private static final Duration UNTIL_CHANGED = Duration.ofDays(1);
    /** A limit can be raised at any time, also by the operator. */
    private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);
    /** Tells a service that refuses one text from a service that refuses all. */
    private static final String HARMLESS = "Hello";
    private static final float[] NONE = {};
    private static final Duration SHORTEST_WAIT = Duration.ofMinutes(1);

    /** What calls are made with, whosever they are. */
    record Tools(Service<TextEmbeddings> service, ApiKeys keys, Suspensions suspensions, PlanLimits plan, Meter meter, Clock clock) {}

    /**
     * How calls are made.
     *
     * @param patience how long one may take
     * @param eachText whether a text that is refused is left out, rather than all that were sent with it
     * @param arrived runs before an answer is read
     */
    record Manner(int tries, Duration patience, boolean eachText, Runnable arrived) {

        /** For somebody who waits for it. */
        static final Manner OF_A_SEARCH = new Manner(1, Duration.ofSeconds(5), false, () -> {});

        static Manner ofAJob(Runnable arrived) {
            return new Manner(Backoff.MAX_ATTEMPTS, Duration.ofSeconds(20), true, arrived);
        }
    }

    private record Connected(Secret key, TextEmbeddings service) {}

    private final EmbeddingChoice choice;
    private final Tools tools;
    private final Manner manner;
    private @Nullable Connected connected;

    PaidEmbeddings(EmbeddingChoice choice, Tools tools, Manner manner) {
        this.choice = choice;
        this.tools = tools;
        this.manner = manner;
    }

    @Override
    public String model() {
        return choice.model();
    }

    @Override
    public int width() {
        return choice.width();
    }

    /** {@link EmbeddingsPaused} where there are none now. */
    @Override
    public List<float[]> of(List<String> texts) {
        Connected to = connected();
        try {
            return to.service().of(choice.model(), choice.width(), texts, manner.patience());
        } catch (ServiceFault.BadRequest refused) {
            if (!manner.eachText() || refuses(HARMLESS, to)) {
                throw paused(refused, to.key());
            }
            return texts.size() == 1 ? List.of(NONE) : Stream.of(texts.subList(0, texts.size() / 2), texts.subList(texts.size() / 2, texts.size()))
                    .flatMap(half -> of(half).stream()).toList();
        } catch (ServiceFault fault) {
            throw paused(fault, to.key());
        }
    }

    private boolean refuses(String text, Connected to) {
        try {
            to.service().of(choice.model(), choice.width(), List.of(text), manner.patience());
            return false;
        } catch (ServiceFault.BadRequest refused) {
            return true;
        } catch (ServiceFault fault) {
            throw paused(fault, to.key());
        }
    }

    private Connected connected() {
        if (connected == null) {
            if (tools.suspensions().isSuspended(Tenant.current())) {
                throw pausedFor("suspended", "This account is suspended.", BETWEEN_LOOKS);
            }
            ApiKey stored = tools.keys().find(tools.service().key()).filter(ApiKey::isActive).orElseThrow(this::withoutKey);
            Instant pausedUntil = stored.pausedUntil();
            if (pausedUntil != null) {
                throw new EmbeddingsPaused(stored.state() == ApiKey.State.REFUSED ? "credentials_refused" : "plan_refused",
                        String.valueOf(stored.pauseDetail()), pausedUntil);
            }
            requireInPlan();
            try {
                Secret key = tools.keys().open(tools.service().key()).orElseThrow(this::withoutKey);
                connected = new Connected(key, tools.service().connect(key, new Charged(key)));
            } catch (KeyUnreadable unreadable) {
                throw pausedFor("key_unreadable", String.valueOf(unreadable.getMessage()), BETWEEN_LOOKS);
            }
        }
        return connected;
    }

    private void requireInPlan() {
        try {
            choice.requireIn(tools.plan());
        } catch (Failure notInPlan) {
            if (!notInPlan.code().equals(PlanLimits.CODE)) {
                throw notInPlan;
            }
            throw pausedFor(PlanLimits.CODE, notInPlan.sentence(), UNTIL_CHANGED);
        }
    }

    private EmbeddingsPaused withoutKey() {
        return pausedFor("missing_keys", "The " + tools.service().key().title() + " is missing. Enter it under Settings, Keys.", UNTIL_CHANGED);
    }

    private EmbeddingsPaused paused(ServiceFault fault, Secret key) {
        String sentence = fault.sentence();
        return switch (fault) {
            case ServiceFault.KeyRefused refused -> {
                tools.keys().mark(key, ApiKey.State.REFUSED, sentence);
                yield pausedWith(key, "credentials_refused", sentence);
            }
            case ServiceFault.PlanRefused refused -> pausedWith(key, "plan_refused", sentence);
            case ServiceFault.Forbidden forbidden -> pausedFor("forbidden", sentence, UNTIL_CHANGED);
            case ServiceFault.ModelNotFound missing -> pausedFor("model_not_found", sentence, UNTIL_CHANGED);
            case Postponed later -> postponed(later);
            case ServiceFault.Unavailable passing -> pausedFor("unavailable", sentence, SHORTEST_WAIT);
            case ServiceFault.BadRequest refused -> pausedFor("rejected", sentence, BETWEEN_LOOKS);
            case ServiceFault.NotFound missing -> pausedFor("rejected", sentence, BETWEEN_LOOKS);
            case ServiceFault.Malformed malformed -> pausedFor("malformed", sentence, BETWEEN_LOOKS);
            case ServiceFault.Intercepted intercepted -> pausedFor("intercepted", sentence, BETWEEN_LOOKS);
        };
    }

    private EmbeddingsPaused postponed(Postponed later) {
        Instant soonest = tools.clock().instant().plus(SHORTEST_WAIT);
        Instant until = later.until().isAfter(soonest) ? later.until() : soonest;
        return switch (later.reason()) {
            case RATE_LIMITED -> new EmbeddingsPaused("rate_limited", "OpenAI has asked us to slow down. Reading continues by itself.", until);
            case NO_ROOM -> new EmbeddingsPaused("no_room", "Coral Social is handling too many long answers right now. Reading continues by itself.", until);
            case UNAVAILABLE -> new EmbeddingsPaused("unavailable", later.sentence(), until);
        };
    }

    /** No other call is made with the key until then either. A key that was replaced in the meantime is tried soon. */
    private EmbeddingsPaused pausedWith(Secret key, String code, String sentence) {
        return tools.keys().pause(key, sentence).map(pause -> new EmbeddingsPaused(code, sentence, pause.until()))
                .orElseGet(() -> pausedFor(code, sentence, SHORTEST_WAIT));
    }

    private EmbeddingsPaused pausedFor(String code, String sentence, Duration wait) {
        return new EmbeddingsPaused(code, sentence, tools.clock().instant().plus(wait));
    }

    /** Makes calls with one key. */
    private final class Charged implements Caller {

        private final Secret key;
        private boolean accepted;

        Charged(Secret key) {
            this.key = key;
        }

        @Override
        public int tries() {
            return manner.tries();
        }

        @Override
        public void arrived() {
            manner.arrived().run();
        }

        @Override
        public OpenCall open(Call call, Amount most) {
            OpenCall opened = reserved(call, most);
            return new OpenCall() {
                @Override
                public void settle(Call.Outcome outcome, Amount used, Duration took) {
                    opened.settle(outcome, used, took);
                    if (outcome == Call.Outcome.OK && !accepted) {
                        accepted = true;
                        tools.keys().accepted(key);
                    }
                }

                @Override
                public void release() {
                    opened.release();
                }
            };
        }

        private OpenCall reserved(Call call, Amount most) {
            try {
                return tools.meter().open(call, most, new Meter.Reason("", null, null));
            } catch (Failure failure) {
                if (!BudgetFailure.is(failure)) {
                    throw failure;
                }
                Instant look = tools.clock().instant().plus(BETWEEN_LOOKS);
                Instant until = BudgetFailure.until(failure);
                throw new EmbeddingsPaused(BudgetFailure.CODE, failure.sentence(), until != null && until.isBefore(look) ? until : look);
            }
        }
    }
}
