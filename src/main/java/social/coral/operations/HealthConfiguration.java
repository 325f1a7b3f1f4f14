package social.coral.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import social.coral.installation.DiskSpace;
import social.coral.jobs.JobsHealth;
import social.coral.tenancy.Databases;

/**
 * Health indicators beside the web server's own: whether this process can do its work. They report the result of checks made
 * in the last seconds, so that the answer is immediate even when the database does not answer.
 */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

    /** Each lane polls once a second. */
    private static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(30);
    private static final Duration MAX_WAIT = Duration.ofMinutes(15);

    @Bean
    HealthIndicator databaseHealthIndicator(Databases databases) {
        return () -> health(databases.fault().isEmpty(), Status.DOWN, databases.fault().orElse(""));
    }

    @Bean
    HealthIndicator diskHealthIndicator(DiskSpace disk) {
        return () -> health(!disk.isExhausted(), Status.OUT_OF_SERVICE, "only the reserve is left of the data folder's disk");
    }

    @Bean
    HealthIndicator workerHealthIndicator(Databases databases, JobsHealth jobs, Clock clock) {
        return () -> {
            if (databases.areAway()) {
                return health(false, Status.UNKNOWN, "the database does not answer");
            }
            Instant now = clock.instant();
            boolean polls = jobs.lastLooks().values().stream().allMatch(poll -> poll.isAfter(now.minus(MAX_POLL_INTERVAL)));
            Optional<Instant> waiting = jobs.longestWaiting();
            return !polls
                    ? health(false, Status.DOWN, "the worker has not polled for due jobs for " + MAX_POLL_INTERVAL.toSeconds() + " s")
                    : health(waiting.isEmpty() || waiting.get().isAfter(now.minus(MAX_WAIT)), Status.OUT_OF_SERVICE,
                            "a job has been due since " + waiting.orElse(now) + "; the workers cannot keep up, or none is running");
        };
    }

    private static Health health(boolean healthy, Status otherwise, String reason) {
        return healthy
                ? Health.up().build()
                : Health.status(otherwise).withDetail("reason", reason).build();
    }
}
