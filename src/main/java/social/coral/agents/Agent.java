package social.coral.agents;

import java.util.List;
import java.util.UUID;

/**
 * Something that works for a tenant. An agent keeps no state and injects nothing but settings of its own: all that it may
 * touch comes with the {@link Run}, bound to the tenant whose run it is. A Spring component of this type is an agent of the
 * product; there is no other registration.
 */
public interface Agent {

    AgentDescription about();

    /** What the tenant must have for there to be work, besides the keys. */
    default List<Prerequisite> prerequisites(TenantData data) {
        return List.of();
    }

    /** Reports whether a run can be about this one thing, such as a topic, because there is something for the agent to do about it. */
    default boolean canWorkOn(UUID subject, TenantData data) {
        return false;
    }

    /**
     * Does the work, in steps that are each committed before the next. A run that was interrupted calls this again:
     * {@link Run#step} skips what has succeeded, so the method must come to the same steps by the same names. Returns the
     * outcome in a sentence for the person.
     */
    String work(Run run);
}
