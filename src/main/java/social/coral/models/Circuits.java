package social.coral.models;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import social.coral.tenancy.Tenant;
import social.coral.vault.ServiceName;

/** The circuits of this process, one for each tenant, service and path there: what holds chat back need not hold embeddings back. */
final class Circuits {

    private record Key(Tenant tenant, ServiceName service, String path) {}

    private final Clock clock;
    private final Cache<Key, Circuit> circuits = Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(Duration.ofHours(1)).build();

    Circuits(Clock clock) {
        this.clock = clock;
    }

    Circuit of(Tenant tenant, ServiceName service, String path) {
        return circuits.get(new Key(tenant, service, path), key -> new Circuit(clock));
    }
}
