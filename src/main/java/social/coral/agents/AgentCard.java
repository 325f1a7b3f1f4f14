package social.coral.agents;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.vault.ServiceName;

/**
 * An agent as a tenant has it.
 *
 * @param missing the needed keys that the tenant has not entered
 * @param ready whether a run would have all that it needs
 * @param nothingToDo why there is nothing to do, in a sentence; absent when there is
 */
public record AgentCard(
        String name,
        String title,
        String description,
        List<ServiceName> needs,
        List<ServiceName> missing,
        boolean ready,
        @JsonIgnore @Nullable String nothingToDo,
        Schedule schedule,
        @Nullable AgentRun lastRun,
        @Nullable Instant nextRunAt) {}
