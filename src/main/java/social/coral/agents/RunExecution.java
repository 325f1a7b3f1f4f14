package social.coral.agents;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import social.coral.agents.RunLedger.Lease;
import social.coral.api.Failure;
import social.coral.jobs.TransientFault;
import social.coral.jobs.Turn;
import social.coral.networks.NetworkFault;
import social.coral.networks.SocialNetwork;
import social.coral.vault.ApiKey;
import social.coral.vault.KeyUnreadable;
import social.coral.vault.Secret;
import tools.jackson.core.JacksonException;

/** One run in the hands of this worker: what an agent is given. */
final class RunExecution implements Run {

    private static final Logger log = LoggerFactory.getLogger(RunExecution.class);

    private final Lease lease;
    private final RunTools tools;
    private final Turn turn;
    /** A service that is away is away for every step: its fault is entered in the log once. */
    private final Set<String> told = new HashSet<>();
    /** Whether this turn has brought the run on, so that to end it here is not to begin the same again. */
    private boolean advanced;
    private @Nullable Secret networkKey;
    private @Nullable SocialNetwork network;

    RunExecution(Lease lease, RunTools tools, Turn turn) {
        this.lease = lease;
        this.tools = tools;
        this.turn = turn;
    }

    @Override
    public TenantData data() {
        return tools.data();
    }

    @Override
    public SocialNetwork network() {
        if (network == null) {
            networkKey = tools.networkKey();
            network = tools.network(networkKey, lease.run(), turn);
        }
        return network;
    }

    @Override
    public List<String> plan(List<String> steps) {
        return tools.ledger().plan(lease, steps);
    }

    @Override
    public void progress(int done, int total, String message) {
        tools.ledger().progress(lease, done, total, message);
    }

    @Override
    public AgentSettings settings() {
        return tools.settings();
    }

    @Override
    public <T extends Object> Optional<T> recalled(String step, Class<T> type) {
        return tools.ledger().state(lease, step).map(state -> remembered(step, state, type));
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
    public StepEnd step(String name, Step work) {
        handOverIfOver();
        String status = tools.ledger().begin(lease, name);
        if (!status.equals("running")) {
            return StepEnd.valueOf(status.toUpperCase(Locale.ROOT));
        }
        try {
            String summary = work.work(new StepMemory(this, name));
            ended(name, "succeeded", summary, null);
            return StepEnd.SUCCEEDED;
        } catch (Skipped skipped) {
            ended(name, "skipped", skipped.sentence(), null);
            return StepEnd.SKIPPED;
        } catch (NetworkFault.RateLimited limited) {
            throw paused(name, "rate_limited", limited.until(), limited.sentence());
        } catch (NetworkFault.NoRoom ours) {
            throw paused(name, "no_room", ours.until(), ours.sentence());
        } catch (NetworkFault.CredentialsRefused refused) {
            tools.ledger().end(lease, name, "failed", null, refused.sentence());
            if (networkKey != null) {
                tools.keys().mark(networkKey, ApiKey.State.REFUSED, refused.sentence());
            }
            throw new RunEnd.Stopped("credentials_refused", refused.sentence());
        } catch (NetworkFault fault) {
            return failed(name, fault.sentence());
        } catch (Failure failure) {
            if (TransientFault.is(failure)) {
                throw failure;
            }
            return failed(name, failure.sentence());
        } catch (RunEnd end) {
            throw end;
        } catch (RuntimeException fault) {
            // A process that stops interrupts its calls; what comes of that is no fault of the step.
            if (turn.isStopping()) {
                throw new RunEnd.Handover();
            }
            if (TransientFault.is(fault) || fault instanceof KeyUnreadable) {
                throw fault;
            }
            log.error("Step {} of run {} broke", name, lease.run(), fault);
            return failed(name, RunEngine.OUR_FAULT);
        }
    }

    private RunEnd.Pause paused(String step, String code, Instant until, String sentence) {
        tools.ledger().end(lease, step, "waiting", null, sentence);
        return new RunEnd.Pause(code, until, sentence);
    }

    private StepEnd failed(String step, String sentence) {
        ended(step, "failed", null, sentence);
        if (told.add(sentence)) {
            log(Level.WARNING, step + ": " + sentence);
        }
        return StepEnd.FAILED;
    }

    private void ended(String step, String status, @Nullable String summary, @Nullable String error) {
        tools.ledger().end(lease, step, status, summary, error);
        advanced();
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

    private record StepMemory(RunExecution run, String step) implements Memory {

        @Override
        public <T extends Object> T commit(Supplier<Committed<T>> writes) {
            T result = run.tools.ledger().commit(run.lease, step, () -> {
                Committed<T> committed = writes.get();
                return new Committed<>(run.tools.json().writeValueAsString(committed.remembered()), committed.result());
            });
            run.advanced();
            run.handOverIfOver();
            return result;
        }
    }
}
