package social.coral.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.agents.RunLedger.Lease;
import social.coral.api.Failure;
import social.coral.api.Quote;
import social.coral.jobs.Turn;
import social.coral.models.Answer;
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

/** The services outside that one run uses, each with the tenant's own keys, which are opened when the first call needs them. */
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
    private final Brakes brakes;
    private final Map<Class<?>, Object> connected = new HashMap<>();
    private final Map<ServiceName, Secret> opened = new EnumMap<>(ServiceName.class);
    private @Nullable String step;
    /** How often each request was made in the present step: the same question may be asked twice, and each has its own answer. */
    private final Map<String, Integer> asked = Collections.synchronizedMap(new HashMap<>());
    private StepTrace trace = new StepTrace(StepMaterial.NONE);

    RunServices(Lease lease, RunTools tools, Turn turn, Brakes brakes) {
        this.lease = lease;
        this.tools = tools;
        this.turn = turn;
        this.brakes = brakes;
    }

    <T extends Object> T get(Class<T> type) {
        Object known = connected.get(type);
        if (known == null) {
            known = connected(type);
            connected.put(type, known);
        }
        return type.cast(known);
    }

    private Object connected(Class<?> type) {
        if (type == LanguageModel.class) {
            return chosenModel();
        }
        Object service = connect(named(type));
        return switch (service) {
            case LanguageModel.OpenAi model -> (LanguageModel.OpenAi) noted(model)::answer;
            case LanguageModel.Anthropic model -> (LanguageModel.Anthropic) noted(model)::answer;
            case LanguageModel.Perplexity model -> (LanguageModel.Perplexity) noted(model)::answer;
            default -> service;
        };
    }

    /** Reports whether the tenant has entered the keys; one that does not work is no reason to do without. */
    boolean hasKey(Class<?> type) {
        List<ApiKey> stored = tools.keys().list();
        Set<ServiceName> needed = type == LanguageModel.class ? Set.of(tools.models().provider(tools.models().of(lease.agent()), stored)) : named(type).keys(stored);
        return stored.stream().filter(ApiKey::isActive).map(ApiKey::serviceName).collect(Collectors.toSet()).containsAll(needed);
    }

    private Service<?> named(Class<?> type) {
        return tools.services().stream().filter(one -> one.type() == type).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no service is registered for " + type));
    }

    /** The model that the person chose for the agent. What they chose goes before what the agent asks for. */
    private LanguageModel chosenModel() {
        ModelChoice choice = tools.models().of(lease.agent());
        ServiceName provider = tools.models().provider(choice, tools.keys().list());
        LanguageModel model = noted((LanguageModel) connect(tools.services().stream()
                .filter(one -> one.isCalledWith(provider) && LanguageModel.class.isAssignableFrom(one.type()))
                .findFirst()
                .orElseThrow()));
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
        List<ApiKey> stored = tools.keys().list();
        Set<ServiceName> needed = service.keys(stored);
        stored.stream().filter(key -> needed.contains(key.serviceName()) && key.pausedUntil() != null).findFirst().ifPresent(RunServices::isPaused);
        Set<ServiceName> known = stored.stream().map(ApiKey::serviceName).collect(Collectors.toSet());
        List<ServiceName> missing = needed.stream().filter(key -> !known.contains(key)).sorted().toList();
        if (!missing.isEmpty()) {
            throw missing(missing);
        }
        Map<ServiceName, Secret> keys = new EnumMap<>(ServiceName.class);
        needed.forEach(key -> keys.put(key, tools.keys().open(key).orElseThrow(() -> missing(List.of(key)))));
        opened.putAll(keys);
        try {
            return service.connect().apply(keys, new RunCaller(keys.values()));
        } catch (ServiceFault.KeyRefused malformed) {
            throw lease.dry() ? malformed : refused(malformed);
        }
    }

    private static RunEnd.Stopped missing(List<ServiceName> keys) {
        return new RunEnd.Stopped("missing_keys", keys.size() == 1 ? "The " + keys.getFirst().title() + " is missing. Enter it under Settings, Keys."
                : ServiceName.missing(keys) + " Enter them under Settings, Keys.");
    }

    /** The keys of a service that signs with several, of which it seldom says which one is wrong; otherwise the one. */
    private List<Secret> openedWith(ServiceName key) {
        return key.group().stream().map(opened::get).filter(Objects::nonNull).toList();
    }

    /** Notes the step that the next calls are made for, and where to note what models are asked and answer. */
    void inStep(String name, StepTrace noted) {
        step = name;
        trace = noted;
        asked.clear();
    }

    /** Reports whether a service was asked in the present step, or an answer of its last attempt was looked for. */
    boolean hasAsked() {
        return !asked.isEmpty();
    }

    /** The model, with what it is asked and answers noted in the step. */
    private LanguageModel noted(LanguageModel model) {
        return (prompt, draft) -> {
            String shown = prompt.shown();
            trace.read("Prompt", shown, null);
            brakes.ask(shown);
            Answer answer = model.answer(prompt, draft);
            trace.made("Answer of " + answer.details().model(), answer.shown(), null);
            return answer;
        };
    }

    private static void isPaused(ApiKey key) {
        throw new RunEnd.Pause(key.state() == ApiKey.State.REFUSED ? KEY_REFUSED : PLAN_REFUSED,
                Objects.requireNonNull(key.pausedUntil()), String.valueOf(key.pauseDetail()));
    }

    /**
     * Marks the keys that their service refused, pauses the calls with them, and ends the turn of the run. One that a person started
     * fails, so that they see it at once. One of the schedule waits for another key, because the next one would fail like it.
     */
    RunEnd refused(ServiceFault.KeyRefused fault) {
        openedWith(fault.key()).forEach(key -> tools.keys().mark(key, ApiKey.State.REFUSED, fault.sentence()));
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
        Optional<ApiKeys.Pause> pause = openedWith(service).stream().flatMap(key -> tools.keys().pause(key, fault.sentence()).stream()).max(Comparator.comparing(ApiKeys.Pause::until));
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

    /** Makes the calls of one service in the turn of the run. */
    private final class RunCaller implements Caller {

        private final Collection<Secret> keys;
        private final AtomicBoolean accepted = new AtomicBoolean();
        private @Nullable CancelWatch watch;

        RunCaller(Collection<Secret> keys) {
            this.keys = List.copyOf(keys);
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
        public Optional<String> kept(String request) {
            int number = asked.merge(request, 1, Integer::sum);
            String name = step;
            // Nothing was kept before a run was taken up for the first time.
            return name == null || lease.dry() || lease.number() == 1 ? Optional.empty() : written(() -> tools.steps().keptAnswer(lease, name, request + "-" + number));
        }

        @Override
        public void arrived() {
            turn.comeBack();
        }

        @Override
        public OpenCall open(Call call, Amount most) {
            if (lease.dry()) {
                throw new RunEnd.WouldCall(call, most);
            }
            brakes.call(tools.meter().price(call, most));
            OpenCall opened = written(() -> reserved(call, most));
            return new OpenCall() {
                @Override
                public void settle(Call.Outcome outcome, Amount used, Duration took) {
                    settled(outcome, used, () -> opened.settle(outcome, used, took));
                }

                @Override
                public void settle(Call.Outcome outcome, Amount used, Duration took, String request, String answer) {
                    settled(outcome, used, () -> opened.settle(outcome, used, took, request + "-" + asked.getOrDefault(request, 1), answer));
                }

                private void settled(Call.Outcome outcome, Amount used, Runnable settling) {
                    written(() -> {
                        settling.run();
                        brakes.cost(tools.meter().price(call, used));
                        if (outcome == Call.Outcome.OK && accepted.compareAndSet(false, true)) {
                            keys.forEach(tools.keys()::accepted);
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
