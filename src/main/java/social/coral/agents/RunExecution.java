package social.coral.agents;

import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import social.coral.agents.RunLedger.Lease;
import social.coral.agents.StepLedger.Begun;
import social.coral.api.Failure;
import social.coral.api.Quote;
import social.coral.jobs.TransientFault;
import social.coral.jobs.Turn;
import social.coral.services.ServiceFault;
import social.coral.vault.KeyUnreadable;
import tools.jackson.core.JacksonException;

/** One run on this worker, as its agent sees it. */
final class RunExecution extends LeasedRun {

    private static final Logger log = LoggerFactory.getLogger(RunExecution.class);

    /** The code of a run that waits for its deferred steps only. */
    static final String STEPS_LIMITED = "steps_limited";

    private final Turn turn;
    private final Brakes brakes;
    /** Logged faults: a service that is down is down for every step, and is logged once. */
    private final Set<String> logged = new HashSet<>();
    /** What went into the present step and came out of it. */
    private StepTrace trace = new StepTrace(StepMaterial.NONE);
    /** Whether this turn has made progress; if not, ending it here would repeat the same work for ever. */
    private boolean advanced;
    /** The wait for deferred steps, once the others have ended. */
    private RunEnd.@Nullable Pause deferred;

    RunExecution(Lease lease, RunTools tools, Turn turn) {
        this(lease, tools, turn, new Brakes(lease, tools));
    }

    private RunExecution(Lease lease, RunTools tools, Turn turn, Brakes brakes) {
        super(lease, tools, new RunServices(lease, tools, turn, brakes));
        this.turn = turn;
        this.brakes = brakes;
    }

    @Override
    public Knowledge knowledge() {
        return new RunKnowledge(lease, tools);
    }

    @Override
    public boolean isThere(String url) {
        return turn.outside(() -> tools.pages().isThere(url));
    }

    @Override
    public void progress(int done, int total, String message) {
        tools.ledger().progress(lease, done, total, message);
    }

    @Override
    public <T extends Object> Optional<T> recalled(String step, Class<T> type) {
        return tools.steps().state(lease, step).map(state -> remembered(step, state, type));
    }

    private <T> T remembered(String step, String state, Class<T> type) {
        try {
            return tools.json().readValue(state, type);
        } catch (JacksonException e) {
            throw Failure.conflict("unreadable_row", step + " cannot be continued: this version does not know what it had stored of its progress."
                    + " Start a new run.");
        }
    }

    @Override
    public void log(Level level, String message) {
        tools.logs().append(lease.agent(), level, "run", message, lease.run());
    }

    @Override
    public StepStatus step(String name, Step work) {
        handOverIfOver();
        Begun begun = tools.steps().begin(lease, name);
        if (begun.status() != StepStatus.RUNNING) {
            return begun.status();
        }
        brakes.step();
        trace = new StepTrace(StepMaterial.of(begun.material(), tools.json()));
        services.inStep(name, trace);
        try {
            return ended(name, StepStatus.SUCCEEDED, work.work(new StepMemory(this, name, trace)), null, null);
        } catch (Skipped skipped) {
            return ended(name, StepStatus.SKIPPED, skipped.sentence(), null, null);
        } catch (Deferred deferral) {
            return deferred(name, deferral.why());
        } catch (ServiceFault fault) {
            return failed(name, fault);
        } catch (Failure failure) {
            if (TransientFault.is(failure)) {
                throw failure;
            }
            return failed(name, failure.sentence(), null);
        } catch (RunEnd.Pause pause) {
            end(name, StepStatus.WAITING, null, pause.getMessage(), null);
            throw pause;
        } catch (RunEnd end) {
            throw end;
        } catch (RuntimeException fault) {
            // A process that stops interrupts its calls; the result is no fault of the step.
            if (turn.isStopping()) {
                throw new RunEnd.Handover();
            }
            if (TransientFault.is(fault) || fault instanceof KeyUnreadable) {
                throw fault;
            }
            log.error("Step {} of run {} broke", name, lease.run(), fault);
            return failed(name, RunEngine.OUR_FAULT, null);
        }
    }

    private StepStatus failed(String step, ServiceFault fault) {
        switch (fault) {
            case ServiceFault.Postponed later -> {
                Instant until = waiting(step, later);
                throw new RunEnd.Pause(later.reason().name().toLowerCase(Locale.ROOT), until, fault.sentence());
            }
            case ServiceFault.PlanRefused plan -> {
                end(step, StepStatus.WAITING, null, fault.sentence(), null);
                throw services.paused(plan);
            }
            case ServiceFault.KeyRefused refused -> {
                end(step, lease.scheduled() ? StepStatus.WAITING : StepStatus.FAILED, null, fault.sentence(), null);
                throw services.refused(refused);
            }
            case ServiceFault.ModelNotFound gone -> {
                end(step, lease.scheduled() ? StepStatus.WAITING : StepStatus.FAILED, null, fault.sentence(), null);
                throw services.withoutModel(gone);
            }
            case ServiceFault.NotFound gone -> {
                return failed(step, gone.sentence(), "not_found");
            }
            case ServiceFault.Forbidden closed -> {
                return failed(step, closed.sentence(), "forbidden");
            }
            default -> {
                return failed(step, fault.sentence(), null);
            }
        }
    }

    private Instant waiting(String step, ServiceFault.Postponed later) {
        end(step, StepStatus.WAITING, null, later.sentence(), null);
        return later.until(tools.steps().attempts(lease, step));
    }

    private StepStatus deferred(String step, ServiceFault.Postponed later) {
        Instant until = waiting(step, later);
        if (deferred == null || until.isBefore(deferred.until)) {
            deferred = new RunEnd.Pause(STEPS_LIMITED, until, later.sentence());
        }
        return StepStatus.WAITING;
    }

    /** Lets the run wait for the steps that were deferred, if any. */
    void awaitDeferred() {
        if (deferred != null) {
            throw deferred;
        }
    }

    private StepStatus failed(String step, String sentence, @Nullable String code) {
        ended(step, StepStatus.FAILED, null, sentence, code);
        if (logged.add(sentence)) {
            boolean isNamed = step.startsWith("@") && sentence.contains(step);
            log(Level.WARNING, Quote.removed(isNamed ? sentence : step + ": " + sentence));
        }
        return StepStatus.FAILED;
    }

    private StepStatus ended(String step, StepStatus status, @Nullable String summary, @Nullable String error, @Nullable String code) {
        end(step, status, summary, error, code);
        brakes.ended();
        advanced();
        return status;
    }

    private void end(String step, StepStatus status, @Nullable String summary, @Nullable String error, @Nullable String code) {
        tools.steps().end(lease, step, status, summary, error, code, json(trace), services.hasAsked());
    }

    private String json(StepTrace noted) {
        return tools.json().writeValueAsString(noted.material());
    }

    private void advanced() {
        advanced = true;
        turn.progressed();
    }

    private void handOverIfOver() {
        if (turn.isStopping() || advanced && turn.isOver()) {
            throw new RunEnd.Handover();
        }
    }

    private record StepMemory(RunExecution run, String step, StepTrace trace) implements Memory {

        @Override
        public void read(String label, String text, @Nullable String page) {
            trace.read(label, text, page);
        }

        @Override
        public void made(String label, String text, @Nullable String page) {
            trace.made(label, text, page);
        }

        @Override
        public <T extends Object> T commit(Supplier<Committed<T>> writes) {
            T result = trace.undoable(() -> run.tools.steps().commit(run.lease, step, () -> {
                Committed<T> committed = writes.get();
                return new Committed<>(run.tools.json().writeValueAsString(committed.remembered()), committed.result());
            }, () -> run.json(trace)));
            run.advanced();
            run.brakes.progressed();
            run.handOverIfOver();
            return result;
        }
    }
}
