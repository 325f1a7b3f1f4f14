package social.coral.services;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import social.coral.vault.ApiKey;
import social.coral.vault.Secret;
import social.coral.vault.ServiceName;

/**
 * A service outside that a tenant has keys for. A Spring bean of this type can be used by every agent; lines
 * of {@code prices.csv} say what its calls cost.
 *
 * @param type what an agent calls it through; everything that goes wrong there is a {@link ServiceFault}
 * @param keys the keys that it is called with, all of them
 * @param sandbox the key that does in place of all of these where the sandbox issued it; null where none does
 * @param connect makes the service as the keys' owner sees it, which makes each of its calls through the caller
 */
public record Service<T extends Object>(
        Class<T> type, Set<ServiceName> keys, @Nullable ServiceName sandbox, BiFunction<Map<ServiceName, Secret>, Caller, T> connect) {

    public Service {
        keys = Collections.unmodifiableSet(EnumSet.copyOf(keys));
    }

    /** A service that is called with one key. */
    public Service(Class<T> type, ServiceName key, BiFunction<Secret, Caller, T> connect) {
        this(type, Set.of(key), null, (opened, caller) -> connect.apply(Objects.requireNonNull(opened.get(key)), caller));
    }

    /** Returns the keys that it is called with for a tenant who has stored these. */
    public Set<ServiceName> keys(Collection<ApiKey> stored) {
        return sandbox != null && stored.stream().anyMatch(key -> key.serviceName() == sandbox && key.sandbox() && key.isActive()) ? Set.of(sandbox) : keys;
    }

    /** Reports whether it is called with this key alone. */
    public boolean isCalledWith(ServiceName key) {
        return keys.equals(Set.of(key));
    }

    /** Returns the key of a service that is called with one. */
    public ServiceName key() {
        if (keys.size() != 1) {
            throw new IllegalStateException(type + " is called with " + keys.size() + " keys");
        }
        return keys.iterator().next();
    }

    /** Makes a service that is called with one key. */
    public T connect(Secret key, Caller caller) {
        return connect.apply(Map.of(key(), key), caller);
    }
}
