package social.coral.knowledge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import social.coral.api.Failure;
import social.coral.tenancy.Tenant;

/** Limits how often a tenant may search, in this process. */
final class SearchLimit {

    static final int PER_MINUTE = 60;

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_TENANTS = 100_000;

    private final Cache<Tenant, Bucket> buckets = Caffeine.newBuilder().maximumSize(MAX_TENANTS).expireAfterAccess(WINDOW).build();

    /** Counts a search; 429 when there were too many. */
    void admit(Tenant tenant) {
        ConsumptionProbe probe = buckets.get(tenant, first -> Bucket.builder()
                .addLimit(limit -> limit.capacity(PER_MINUTE).refillGreedy(PER_MINUTE, WINDOW)).build()).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            int seconds = (int) Math.max(1, Math.ceilDiv(probe.getNanosToWaitForRefill(), 1_000_000_000L));
            throw Failure.of(HttpStatus.TOO_MANY_REQUESTS, "rate_limited",
                    "You can search " + PER_MINUTE + " times a minute. Try again in " + seconds + " s.").retryAfter(seconds);
        }
    }
}
