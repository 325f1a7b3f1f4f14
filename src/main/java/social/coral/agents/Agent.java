package social.coral.agents;

import java.util.Optional;

/**
 * Something that works for a tenant. An agent keeps no state and injects nothing: all that it may touch comes with the
 * {@link Run}, bound to the tenant whose run it is. A Spring component of this type is an agent of the product; there is
 * no other registration.
 */
public interface Agent {

    AgentDescription about();

    /** Why there would be nothing to do for the tenant now, in a sentence that says what is missing; empty when there is work. */
    default Optional<String> nothingToDo(TenantData data) {
        return Optional.empty();
    }

    /**
     * Does the work, in steps that are each committed before the next. A run that was interrupted calls this again:
     * {@link Run#step} skips what has succeeded, so the method must come to the same steps by the same names. Returns the
     * outcome in a sentence for the person.
     */
    String work(Run run);
}
