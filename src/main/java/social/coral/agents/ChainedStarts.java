package social.coral.agents;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import social.coral.agents.RunLedger.Lease;
import social.coral.api.Failure;
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

    /** Ends a run that succeeded. What keeps the next agent from starting does not keep this one from ending. */
    void finish(Lease lease, Runnable end) {
        String next = chains.isOn(lease.agent()) ? Chains.NEXT.get(lease.agent()) : null;
        if (next == null) {
            end.run();
            return;
        }
        try {
            door.transaction(() -> {
                end.run();
                agents.getObject().start(next, null, Runs.Trigger.CHAIN);
            });
        } catch (Failure failure) {
            end.run();
            if (!failure.code().equals("already_running") && !failure.code().equals("nothing_to_do")) {
                logs.append(next, Run.Level.WARNING, "skipped", "It was not started after " + agents.getObject().title(lease.agent()) + ". " + failure.sentence(), null);
            }
        }
    }
}
