package social.coral.vault;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks a service, at no cost, whether it accepts a key. Each room that calls a service provides its own. */
public interface KeyCheck {

    /** The new state of the keys, with a sentence for the person when it is not {@code VALID}. */
    record Verdict(ApiKey.State state, @Nullable String detail) {}

    /** Returns the services whose keys this checks. */
    Set<ServiceName> services();

    /**
     * Checks the keys of one {@link ServiceName#group()}, all of which are there. When the service does not answer, the state is
     * {@code UNCHECKED}, with the reason.
     */
    Verdict check(Map<ServiceName, Secret> keys);
}
