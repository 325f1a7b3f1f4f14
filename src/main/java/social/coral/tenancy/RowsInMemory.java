package social.coral.tenancy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * What an answer holds of the rows that it was made of. Lists are as long as their texts, so only a few are in memory at a time:
 * whoever reads the first takes a place, and gives it back when the answer is made, or at once where no answer is being made.
 */
public final class RowsInMemory {

    private static final ScopedValue<List<TenantShares.Place>> ANSWER = ScopedValue.newInstance();

    private RowsInMemory() {}

    /** Makes an answer, which holds its rows until it is made. */
    public static void during(Callable<?> making) throws Exception {
        List<TenantShares.Place> held = new ArrayList<>(1);
        try {
            ScopedValue.where(ANSWER, held).call(making::call);
        } finally {
            held.forEach(TenantShares.Place::close);
        }
    }

    static <T extends Object> T read(TenantShares places, Supplier<T> list) {
        if (!ANSWER.isBound()) {
            try (TenantShares.Place place = places.take(Tenant.current())) {
                return list.get();
            }
        }
        if (ANSWER.get().isEmpty()) {
            ANSWER.get().add(places.take(Tenant.current()));
        }
        return list.get();
    }
}
