package social.coral.models;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import social.coral.tenancy.Tenant;
import social.coral.vault.ServiceName;

/** Remembers for a day which parameters a model does not take, as each tenant found out. */
final class RefusedParameters {

    private record Key(Tenant tenant, ServiceName service, String model) {}

    private final Cache<Key, Set<String>> refused = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofDays(1)).build();

    Set<String> of(Tenant tenant, ServiceName service, String model) {
        Set<String> known = refused.getIfPresent(new Key(tenant, service, model));
        return known == null ? Set.of() : known;
    }

    void add(Tenant tenant, ServiceName service, String model, String parameter) {
        refused.asMap().merge(new Key(tenant, service, model), Set.of(parameter), (known, one) -> {
            Set<String> both = new TreeSet<>(known);
            both.addAll(one);
            return Set.copyOf(both);
        });
    }
}
