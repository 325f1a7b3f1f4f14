package social.coral.agents;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.vault.ApiKey;
import social.coral.vault.ServiceName;

/**
 * An agent as a tenant has it.
 *
 * @param optional the keys that it uses where the tenant has them
 * @param keyless whether it will work without a language model, because the tenant has no key for it
 * @param missing the needed keys that the tenant has not entered
 * @param broken the stored keys that are known not to work
 * @param ready whether a run would have all that it needs
 * @param unmet the first prerequisite that the tenant lacks; absent when there is work to do
 * @param stopped the refusal of every call, while all spending is stopped; absent otherwise, and for an agent that calls no service
 * @param model absent for an agent that uses no model of the person's choice
 */
public record AgentCard(
        String name,
        String title,
        String description,
        List<ServiceName> needs,
        @JsonIgnore List<ServiceName> optional,
        @JsonIgnore boolean keyless,
        List<ServiceName> missing,
        @JsonIgnore List<ApiKey> broken,
        boolean ready,
        @JsonIgnore @Nullable Prerequisite unmet,
        @JsonIgnore @Nullable Failure stopped,
        @JsonIgnore @Nullable ChosenModel model,
        Schedule schedule,
        @Nullable AgentRun lastRun,
        @Nullable Instant nextRunAt) {

    /** Reports whether it may call services outside. */
    @JsonIgnore
    public boolean makesCalls() {
        return !needs.isEmpty() || !optional.isEmpty();
    }

    /** The stored key of this service, when it is known not to work. */
    public Optional<ApiKey> broken(ServiceName service) {
        return broken.stream().filter(key -> key.serviceName() == service).findFirst();
    }
}
