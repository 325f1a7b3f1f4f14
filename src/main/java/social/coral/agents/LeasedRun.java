package social.coral.agents;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import social.coral.agents.RunLedger.Lease;

/** What a run is to its agent whether it does the work or only shows it. */
abstract class LeasedRun implements Run {

    final Lease lease;
    final RunTools tools;
    final RunServices services;

    LeasedRun(Lease lease, RunTools tools, RunServices services) {
        this.lease = lease;
        this.tools = tools;
        this.services = services;
    }

    @Override
    public final TenantData data() {
        return tools.data();
    }

    @Override
    public final <T extends Object> T service(Class<T> type) {
        return services.get(type);
    }

    @Override
    public final <T extends Object> Optional<T> optional(Class<T> type) {
        return services.hasKey(type) ? Optional.of(services.get(type)) : Optional.empty();
    }

    @Override
    public final RunLimits limits() {
        return tools.limits().of(lease.agent()).orDefault();
    }

    @Override
    public final Optional<UUID> subject() {
        return Optional.ofNullable(lease.subject());
    }

    @Override
    public final List<String> plan(List<String> steps) {
        return tools.steps().plan(lease, steps);
    }
}
