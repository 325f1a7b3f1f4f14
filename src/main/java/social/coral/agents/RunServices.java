package social.coral.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import social.coral.agents.RunLedger.Lease;
import social.coral.api.Failure;
import social.coral.api.Quote;
import social.coral.jobs.Turn;
import social.coral.models.LanguageModel;
import social.coral.models.ModelParameters;
import social.coral.services.Caller;
import social.coral.services.Service;
import social.coral.services.ServiceFault;
import social.coral.usage.Amount;
import social.coral.usage.BudgetFailure;
import social.coral.usage.Call;
import social.coral.usage.Meter;
import social.coral.usage.OpenCall;
import social.coral.usage.PlanLimits;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.Secret;
import social.coral.vault.ServiceName;

/** The services outside that one run uses, each with the tenant's own key, which is opened when the first call needs it. */
final class RunServices {

    static final String PLAN_REFUSED = "plan_refused";
    static final String KEY_REFUSED = "credentials_refused";

    static final String MODEL_NOT_FOUND = "model_not_found";

    /** A model that is gone seldom comes back, and a person who chooses another wakes the run. */
    private static final Duration WITHOUT_MODEL = Duration.ofDays(7);
    /** A limit can be raised at any time, also by the operator. */
    private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);

    private final Lease lease;
    private final RunTools tools;
    private final Turn turn;
    private final Map<Class<?>, Object> connected = new HashMap<>();
    private final Map<ServiceName, Secret> opened = new EnumMap<>(ServiceName.class);
    private @Nullable String step;

    RunServices(Lease lease, RunTools tools, Turn turn) {
        this.lease = lease;
        this.tools = tools;
        this.turn = turn;
    }

    <T extends Object> T get(Class<T> type) {
        Object known = connected.get(type);
        if (known == null) {
            known = type == LanguageModel.class ? chosenModel() : connect(named(type));
            connected.put(type, known);
        }
        return type.cast(known);
    }

    /** Reports whether the tenant has entered the key; one that does not work is no reason to do without. */
    boolean hasKey(Class<?> type) {
        ServiceName key = type == LanguageModel.class ? tools.models().provider(tools.models().of(lease.agent()), tools.keys().list()) : named(type).key();
        return tools.keys().find(key).filter(ApiKey::isActive).isPresent();
    }

    private Service<?> named(Class<?> type) {
        return tools.services().stream().filter(one -> one.type() == type).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no service is registered for " + type));
    }

    /** The model that the person chose for the agent. What they chose goes before what the agent asks for. */
    private LanguageModel chosenModel() {
        ModelChoice choice = tools.models().of(lease.agent());
        ServiceName provider = tools.models().provider(choice, tools.keys().list());
        LanguageModel model = (LanguageModel) connect(tools.services().stream()
                .filter(one -> one.key() == provider && LanguageModel.class.isAssignableFrom(one.type()))
                .findFirst()
                .orElseThrow());
        return (prompt, draft) -> {
            ModelParameters parameters = choice.parameters().orElse(prompt.parameters());
            try {
                tools.models().requireInPlan(provider, parameters.model());
            } catch (Failure notInPlan) {
                if (!notInPlan.code().equals(PlanLimits.CODE)) {
                    throw notInPlan;
                }
                throw new ServiceFault.ModelNotFound(notInPlan.sentence());
            }
            return model.answer(prompt.with(parameters), draft);
        };
    }

    private Object connect(Service<?> service) {
        tools.keys().find(service.key()).filter(stored -> stored.pausedUntil() != null).ifPresent(RunServices::isPaused);
        Secret key = tools.keys().open(service.key()).orElseThrow(() -> new RunEnd.Stopped("missing_keys",
                "The " + service.key().title() + " is missing. Enter it under Settings, Keys."));
        opened.put(service.key(), key);
        try {
            return service.connect().apply(key, new RunCaller(key));
        } catch (ServiceFault.KeyRefused malformed) {
            throw refused(malformed);
        }
    }

    /** Notes the step that the next calls are made for. */
    void inStep(String name) {
        step = name;
    }

    private static void isPaused(ApiKey key) {
        throw new RunEnd.Pause(key.state() == ApiKey.State.REFUSED ? KEY_REFUSED : PLAN_REFUSED,
                Objects.requireNonNull(key.pausedUntil()), String.valueOf(key.pauseDetail()));
    }

    /**
     * Marks the key that its service refused, pauses the calls with it, and ends the turn of the run. One that a person started
     * fails, so that they see it at once. One of the schedule waits for another key, because the next one would fail like it.
     */
    RunEnd refused(ServiceFault.KeyRefused fault) {
        Secret key = opened.get(fault.key());
        if (key != null) {
            tools.keys().mark(key, ApiKey.State.REFUSED, fault.sentence());
        }
        RunEnd.Pause pause = paused(KEY_REFUSED, fault, fault.key(), lease.scheduled() ? " Scheduled runs wait for a new key." : null);
        return lease.scheduled() ? pause : new RunEnd.Stopped(KEY_REFUSED, fault.sentence());
    }

    /** Pauses the calls with the key whose plan does not cover them, and ends the turn of the run until then. */
    RunEnd paused(ServiceFault.PlanRefused fault) {
        return paused(PLAN_REFUSED, fault, fault.key(), " Calls are tried again now and then, and at once when you press Try now or save a new key.");
    }

    /** Ends the turn of a run whose model is gone. The schedule waits in this run, so that it does not ask for the model each time. */
    RunEnd withoutModel(ServiceFault.ModelNotFound fault) {
        if (!lease.scheduled()) {
            return new RunEnd.Stopped(MODEL_NOT_FOUND, fault.sentence());
        }
        tools.logs().append(lease.agent(), Run.Level.WARNING, "paused", Quote.removed(fault.sentence()) + " Scheduled runs wait until you do.", lease.run());
        return new RunEnd.Pause(MODEL_NOT_FOUND, tools.clock().instant().plus(WITHOUT_MODEL), fault.sentence());
    }

    /** @param notice what the log adds at the first of several pauses in a row; null if it says it otherwise */
    private RunEnd.Pause paused(String code, ServiceFault fault, ServiceName service, @Nullable String notice) {
        Optional<ApiKeys.Pause> pause = Optional.ofNullable(opened.get(service)).flatMap(key -> tools.keys().pause(key, fault.sentence()));
        if (notice != null && pause.filter(ApiKeys.Pause::isFirst).isPresent()) {
            tools.logs().append(lease.agent(), Run.Level.WARNING, "paused", Quote.removed(fault.sentence()) + notice, lease.run());
        }
        // A key that was replaced in the meantime is tried at once.
        return new RunEnd.Pause(code, pause.map(ApiKeys.Pause::until).orElse(Instant.EPOCH), fault.sentence());
    }

    private Instant nextLook(@Nullable Instant until) {
        Instant next = tools.clock().instant().plus(BETWEEN_LOOKS);
        return until != null && until.isBefore(next) ? until : next;
    }

    /** Makes calls with one key in the turn of the run. */
    private final class RunCaller implements Caller {

        private final Secret key;
        private final AtomicBoolean accepted = new AtomicBoolean();
        private @Nullable CancelWatch watch;

        RunCaller(Secret key) {
            this.key = key;
        }

        /** A run that is cancelled meanwhile ends here, with what its call used. */
        @Override
        public <T extends Object> T waitFor(Supplier<T> calls) {
            try (CancelWatch watching = new CancelWatch(tools.ledger(), lease)) {
                watch = watching;
                try {
                    return turn.outside(calls);
                } catch (RuntimeException fault) {
                    throw watching.hasFired() ? new RunEnd.Cancelled() : fault;
                }
            } finally {
                watch = null;
            }
        }

        private <T extends Object> T written(Supplier<T> work) {
            return watch == null ? work.get() : watch.shielded(work);
        }

        @Override
        public void arrived() {
            turn.comeBack();
        }

        @Override
        public OpenCall open(Call call, Amount most) {
            OpenCall opened = written(() -> reserved(call, most));
            return new OpenCall() {
                @Override
                public void settle(Call.Outcome outcome, Amount used, Duration took) {
                    written(() -> {
                        opened.settle(outcome, used, took);
                        if (outcome == Call.Outcome.OK && accepted.compareAndSet(false, true)) {
                            tools.keys().accepted(key);
                        }
                        return outcome;
                    });
                }

                @Override
                public void release() {
                    written(() -> {
                        opened.release();
                        return Call.Outcome.FAILED;
                    });
                }
            };
        }

        private OpenCall reserved(Call call, Amount most) {
            try {
                return tools.meter().open(call, most, new Meter.Reason(lease.agent(), lease.run(), step));
            } catch (Failure failure) {
                if (!BudgetFailure.is(failure)) {
                    throw failure;
                }
                throw new RunEnd.Pause(BudgetFailure.CODE, nextLook(BudgetFailure.until(failure)), failure.sentence());
            }
        }
    }
}
