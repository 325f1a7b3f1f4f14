package social.coral.knowledge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
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

    /** How long a run waits for its turn. Five searches are let through each second, so that one which asks in a row always gets it. */
    private static final Duration PATIENCE_OF_RUNS = Duration.ofSeconds(10);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_TENANTS = 100_000;

    private final int most;
    private final Duration patience;
    private final String sentence;
    private final Cache<Tenant, Bucket> buckets = Caffeine.newBuilder().maximumSize(MAX_TENANTS).expireAfterAccess(WINDOW).build();

    private SearchLimit(int most, Duration patience, String sentence) {
        this.most = most;
        this.patience = patience;
        this.sentence = sentence;
    }

    static SearchLimit ofPersons() {
        return new SearchLimit(PER_MINUTE, Duration.ZERO, "You can search " + PER_MINUTE + " times a minute. Try again in %d s.");
    }

    static SearchLimit ofRuns() {
        return new SearchLimit(BY_RUNS, PATIENCE_OF_RUNS, "Your agents can search " + BY_RUNS + " times a minute. The next search is possible in %d s.");
    }

    /** Counts a search, and waits a little where a run asks; 429 when there were too many. */
    void admit(Tenant tenant) {
        Bucket bucket = buckets.get(tenant, first -> Bucket.builder().addLimit(limit -> limit.capacity(most).refillGreedy(most, WINDOW)).build());
        if (!take(bucket)) {
            int seconds = (int) Math.max(1, Math.ceilDiv(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill(), 1_000_000_000L));
            throw Failure.of(HttpStatus.TOO_MANY_REQUESTS, "rate_limited", sentence.formatted(seconds)).retryAfter(seconds);
        }
    }

    private boolean take(Bucket bucket) {
        try {
            return patience.isZero() ? bucket.tryConsume(1) : bucket.asBlocking().tryConsume(1, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
