package social.coral.usage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.function.ToLongFunction;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import social.coral.tenancy.Tenant;

/**
 * Limits requests: a bucket of tokens for each tenant, and one for each network that anonymous requests come from. A
 * bucket holds a minute's requests and refills steadily, so a burst is served and a flood is not. Counted in this
 * process; each process of an installation allows the same again. A tenant's plan may allow less than the installation.
 */
@Component
public final class RateLimits {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_CALLERS = 100_000;

    /**
     * What a caller has left after this request.
     *
     * @param limit requests in a {@link #window}
     * @param secondsToFull until the whole limit is there again
     * @param secondsToNext until the next request is admitted; 0 when one is left
     */
    public record Standing(boolean admitted, long limit, Duration window, long left, long secondsToFull, long secondsToNext) {}

    /** Who is counted together. */
    private sealed interface Caller {}

    /** With another plan, a tenant gets another bucket. */
    private record Person(Tenant tenant, long limit) implements Caller {}

    private record Strangers(String network) implements Caller {}

    private final RateLimitSettings settings;
    private final ToLongFunction<Tenant> plans;
    private final Cache<Caller, Bucket> buckets = Caffeine.newBuilder().maximumSize(MAX_CALLERS).expireAfterAccess(WINDOW).build();

    @Autowired
    RateLimits(RateLimitSettings settings, PlanLimits plans) {
        this(settings, plans::requestsPerMinute);
    }

    RateLimits(RateLimitSettings settings, ToLongFunction<Tenant> plans) {
        this.settings = settings;
        this.plans = plans;
    }

    /** Counts a request of a tenant. A refused one costs nothing. */
    public Standing count(Tenant tenant) {
        long limit = Math.min(settings.perMinute(), plans.applyAsLong(tenant));
        return count(new Person(tenant, limit), limit);
    }

    /** Counts a request of somebody who is not signed in, with all others of the same network. */
    public Standing countStranger(String network) {
        return count(new Strangers(network), settings.perMinute());
    }

    private Standing count(Caller caller, long limit) {
        ConsumptionProbe probe = buckets.get(caller, unknown -> full(limit)).tryConsumeAndReturnRemaining(1);
        return new Standing(
                probe.isConsumed(),
                limit,
                WINDOW,
                probe.getRemainingTokens(),
                seconds(probe.getNanosToWaitForReset()),
                probe.isConsumed() ? 0 : Math.max(1, seconds(probe.getNanosToWaitForRefill())));
    }

    private static Bucket full(long limit) {
        return Bucket.builder().addLimit(limits -> limits.capacity(limit).refillGreedy(limit, WINDOW)).build();
    }

    private static long seconds(long nanos) {
        return Math.ceilDiv(nanos, 1_000_000_000L);
    }
}
