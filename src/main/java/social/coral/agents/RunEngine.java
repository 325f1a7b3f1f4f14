package social.coral.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import social.coral.agents.RunLedger.Lease;
import social.coral.api.Failure;
import social.coral.api.Quote;
import social.coral.jobs.TransientFault;
import social.coral.jobs.Turn;
import social.coral.services.ServiceFault;
import social.coral.tenancy.Actor;
import social.coral.vault.KeyUnreadable;

/**
 * Takes a run up, lets its agent work, and records the outcome. Whatever happens, the run ends in a state that a person can
 * see and act on, or is taken up again later.
 */
@Component
class RunEngine {

    static final String OUR_FAULT = "Something went wrong on our side. Try again. If this keeps happening, ask your administrator to look at the log.";
    static final String BROKE_PROCESS = "Coral Social stopped twice while working on this run, so the run was set aside. What it had"
            + " stored is kept. Ask your administrator to look at the log; once the cause is fixed, try the run again.";
    static final String KEPT_FAILING = "The database ended each of many attempts to continue this run, so the run was set aside. What it"
            + " had stored is kept. Ask your administrator to look at the log; once the cause is fixed, try the run again.";
    static final String NO_ROOM = "The server's disk is nearly full. The run resumes once your administrator has made room.";

    static final String KEY_UNREADABLE = "key_unreadable";

    private static final Duration UNTIL_THERE_IS_ROOM = Duration.ofMinutes(1);
    /** For a master key that is put back; a new key wakes the run at once. */
    private static final Duration UNTIL_A_KEY_MAY_OPEN = Duration.ofHours(1);
    private static final Logger log = LoggerFactory.getLogger(RunEngine.class);

    private final Map<String, Agent> agents;
    private final RunTools tools;

    RunEngine(List<Agent> agents, RunTools tools) {
        this.agents = agents.stream().collect(Collectors.toMap(agent -> agent.about().name(), Function.identity()));
        this.tools = tools;
    }

    /**
     * Works on the current tenant's run until it ends, has to wait, or its turn is over. Between two turns it still counts as
     * running.
     *
     * @return when to take the run up again, or nothing when it is over
     */
    Optional<Instant> work(UUID run, Turn turn, Instant now) {
        Optional<Lease> taken = tools.ledger().take(run);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        Lease lease = taken.get();
        if (lease.cancelRequested()) {
            return over(lease, RunStatus.CANCELLED, null, null, null);
        }
        Agent agent = agents.get(lease.agent());
        if (agent == null) {
            return failed(lease, "unknown_agent", "This agent no longer exists.");
        }
        if (lease.dry()) {
            return shown(lease, agent, turn);
        }
        if (tools.disk().isExhausted()) {
            return waits(lease, now.plus(UNTIL_THERE_IS_ROOM), NO_ROOM, "disk_full");
        }
        try {
            return Actor.agent(lease.agent()).call(() -> {
                RunExecution execution = new RunExecution(lease, tools, turn);
                String outcome = agent.work(execution);
                execution.awaitDeferred();
                return settled(lease, outcome);
            });
        } catch (RunEnd.Pause pause) {
            return waits(lease, pause.until, String.valueOf(pause.getMessage()), pause.code);
        } catch (RunEnd.Handover handover) {
            // A process that stops has interrupted its calls; this is none.
            Thread.interrupted();
            tools.ledger().handOver(lease, turn.isStopping() ? RunStatus.QUEUED : RunStatus.RUNNING);
            return Optional.of(now);
        } catch (RunEnd.Cancelled cancelled) {
            return over(lease, RunStatus.CANCELLED, null, null, null);
        } catch (RunEnd.TakenOver elsewhere) {
            return Optional.empty();
        } catch (RunEnd.Stopped stopped) {
            return failed(lease, stopped.code, String.valueOf(stopped.getMessage()));
        } catch (KeyUnreadable unreadable) {
            if (!lease.scheduled()) {
                return failed(lease, KEY_UNREADABLE, String.valueOf(unreadable.getMessage()));
            }
            return waits(lease, now.plus(UNTIL_A_KEY_MAY_OPEN), String.valueOf(unreadable.getMessage()), KEY_UNREADABLE);
        } catch (RuntimeException fault) {
            if (TransientFault.is(fault)) {
                throw fault;
            }
            if (fault instanceof Failure failure) {
                return failed(lease, failure.code(), failure.sentence());
            }
            log.error("Run {} of agent {} broke", run, lease.agent(), fault);
            return failed(lease, "internal", OUR_FAULT);
        }
    }

    /** Shows what a run would do. It starts nothing, and neither log nor audit tell of it. */
    private Optional<Instant> shown(Lease lease, Agent agent, Turn turn) {
        DryRun run = new DryRun(lease, tools, turn);
        try {
            return Actor.agent(lease.agent()).call(() -> {
                agent.work(run);
                return over(lease, RunStatus.SUCCEEDED, run.outcome(), null, null);
            });
        } catch (RunEnd.Cancelled cancelled) {
            return over(lease, RunStatus.CANCELLED, null, null, null);
        } catch (RunEnd.TakenOver elsewhere) {
            return Optional.empty();
        } catch (RunEnd end) {
            String outcome = run.outcome() + ". Later steps depend on what the first ones find, so they are not listed";
            return over(lease, RunStatus.SUCCEEDED, outcome, null, null);
        } catch (ServiceFault fault) {
            return over(lease, RunStatus.FAILED, null, fault.sentence(), "unknown");
        } catch (RuntimeException fault) {
            if (TransientFault.is(fault)) {
                throw fault;
            }
            if (fault instanceof Failure failure) {
                return over(lease, RunStatus.FAILED, null, failure.sentence(), failure.code());
            }
            log.error("Dry run {} of agent {} broke", lease.run(), lease.agent(), fault);
            return over(lease, RunStatus.FAILED, null, OUR_FAULT, "internal");
        }
    }

    /** Fails a run that cannot continue, without reading anything else of it. */
    Optional<Instant> setAside(UUID run, boolean brokeProcess) {
        String sentence = brokeProcess ? BROKE_PROCESS : KEPT_FAILING;
        return tools.ledger().take(run).flatMap(lease -> failed(lease, brokeProcess ? "broke_process" : "kept_failing", sentence));
    }

    private Optional<Instant> settled(Lease lease, String outcome) {
        int failed = tools.steps().count(lease, StepStatus.FAILED);
        if (failed > 0 && tools.steps().count(lease, StepStatus.SUCCEEDED) == 0) {
            String first = tools.steps().firstError(lease).orElse(OUR_FAULT);
            return failed(lease, "nothing_succeeded", failed == 1 ? first : outcome + ". " + first);
        }
        tools.logs().append(lease.agent(), failed == 0 ? Run.Level.INFO : Run.Level.WARNING, "completed", outcome, lease.run());
        tools.chains().finish(lease, () -> tools.ledger().finish(lease, RunStatus.SUCCEEDED, outcome, null, null));
        return Optional.empty();
    }

    private Optional<Instant> waits(Lease lease, Instant until, String reason, String code) {
        tools.logs().appendIfNew(lease.agent(), Run.Level.WARNING, "waiting", Quote.removed("Waiting: " + reason), lease.run());
        tools.ledger().putDown(lease, RunStatus.WAITING, until, reason, code);
        return Optional.of(until);
    }

    private Optional<Instant> failed(Lease lease, String code, String sentence) {
        tools.logs().append(lease.agent(), Run.Level.ERROR, "failed", Quote.removed(sentence), lease.run());
        return over(lease, RunStatus.FAILED, null, sentence, code);
    }

    private Optional<Instant> over(
            Lease lease, RunStatus status, @Nullable String message, @Nullable String error, @Nullable String code) {
        tools.ledger().finish(lease, status, message, error, code);
        return Optional.empty();
    }
}
