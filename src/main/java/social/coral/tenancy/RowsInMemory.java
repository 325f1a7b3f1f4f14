package social.coral.tenancy;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * What an answer holds of the rows that it was made of. Lists are as long as their texts, so only a few are in memory at a time:
 * whoever reads the first takes a place, and gives it back when the answer is made, or at once where no answer is being made. It
 * is the same with the turn to search, of which there are fewer: an answer takes that first, so that nobody holds rows while waiting for it.
 */
public final class RowsInMemory {

    private static final ScopedValue<Map<TenantShares, TenantShares.Place>> ANSWER = ScopedValue.newInstance();

    private RowsInMemory() {}

    /** Makes an answer, which holds its rows until it is made. */
    public static void during(Callable<?> making) throws Exception {
        Map<TenantShares, TenantShares.Place> held = new IdentityHashMap<>();
        try {
            ScopedValue.where(ANSWER, held).call(making::call);
        } finally {
            held.values().forEach(TenantShares.Place::close);
        }
    }

    /** Whether the answer that is being made has a place of these. */
    static boolean has(TenantShares places) {
        return ANSWER.isBound() && ANSWER.get().containsKey(places);
    }

    static <T extends Object> T holding(TenantShares places, Supplier<T> reading) {
        if (!ANSWER.isBound()) {
            try (TenantShares.Place place = places.take(Tenant.current())) {
                return reading.get();
            }
        }
        ANSWER.get().computeIfAbsent(places, unused -> places.take(Tenant.current()));
        return reading.get();
    }
}
