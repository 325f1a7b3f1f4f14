package social.coral.vault;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks a service, at no cost, whether it accepts a key. Each room that talks to a service brings its own. */
public interface KeyCheck {

    /** What the service said: the new state, and a sentence for the person when it is not {@code VALID}. */
    record Verdict(ApiKey.State state, @Nullable String detail) {}

    /** The keys that this check can judge. */
    Set<ServiceName> services();

    /** Makes the call. A service that does not answer leaves the key {@code UNCHECKED}, with the reason. */
    Verdict check(ServiceName service, Secret key);
}
