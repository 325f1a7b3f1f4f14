package social.coral.knowledge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import social.coral.api.Failure;
import social.coral.tenancy.Tenant;

/** Limits how often a tenant may search in one way, in this process. */
final class SearchLimit {

    /** How often a person may search. */
    static final int PER_MINUTE = 60;
    /** How often all runs of a tenant may search, together. */
    static final int BY_RUNS = 300;

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_TENANTS = 100_000;

    private final int most;
    private final String sentence;
    private final Cache<Tenant, Bucket> buckets = Caffeine.newBuilder().maximumSize(MAX_TENANTS).expireAfterAccess(WINDOW).build();

    private SearchLimit(int most, String sentence) {
        this.most = most;
        this.sentence = sentence;
    }

    static SearchLimit ofPersons() {
        return new SearchLimit(PER_MINUTE, "You can search " + PER_MINUTE + " times a minute. Try again in %d s.");
    }

    static SearchLimit ofRuns() {
        return new SearchLimit(BY_RUNS, "Your agents can search " + BY_RUNS + " times a minute. The next search is possible in %d s.");
    }

    /** Counts a search; 429 when there were too many. */
    void admit(Tenant tenant) {
        ConsumptionProbe probe = buckets.get(tenant, first -> Bucket.builder()
                .addLimit(limit -> limit.capacity(most).refillGreedy(most, WINDOW)).build()).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            int seconds = (int) Math.max(1, Math.ceilDiv(probe.getNanosToWaitForRefill(), 1_000_000_000L));
            throw Failure.of(HttpStatus.TOO_MANY_REQUESTS, "rate_limited", sentence.formatted(seconds)).retryAfter(seconds);
        }
    }
}
