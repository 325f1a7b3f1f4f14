package social.coral.agents;

import java.util.function.BooleanSupplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import social.coral.agents.RunLedger.Lease;
import social.coral.api.Failure;
import social.coral.jobs.TransientFault;
import social.coral.tenancy.TenantDoor;

/** Starts the next agent at the end of a run, in the transaction that ends it, so that it is started once whatever happens. */
@Component
class ChainedStarts {

    private final TenantDoor door;
    private final Chains chains;
    private final ObjectProvider<Agents> agents;
    private final AgentLogs logs;

    ChainedStarts(TenantDoor door, Chains chains, ObjectProvider<Agents> agents, AgentLogs logs) {
        this.door = door;
        this.chains = chains;
        this.agents = agents;
        this.logs = logs;
    }

    /**
     * Ends a run that succeeded. What the person wants by then counts, and a worker that no longer holds the run starts nothing. What keeps the
     * next agent from starting does not keep this one from ending.
     *
     * @param end ends the run, and reports whether it did
     */
    void finish(Lease lease, BooleanSupplier end) {
        String next = Chains.NEXT.get(lease.agent());
        try {
            door.transaction(() -> {
                if (end.getAsBoolean() && next != null && chains.isOn(lease.agent())) {
                    agents.getObject().start(next, null, Runs.Trigger.CHAIN);
                }
            });
        } catch (Failure failure) {
            if (next == null || TransientFault.is(failure)) {
                throw failure;
            }
            boolean isExpected = failure.code().equals("already_running") || failure.code().equals("nothing_to_do");
            if (end.getAsBoolean() && !isExpected) {
                logs.append(next, Run.Level.WARNING, "skipped", "It was not started after " + agents.getObject().title(lease.agent()) + ". " + failure.sentence(), null);
            }
        }
    }
}
