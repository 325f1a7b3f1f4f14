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
 * What readiness is made of, beside the web server's own: whether this process can do what it is asked for. All of it was looked
 * at a few seconds ago, so that the answer comes at once also where the database gives none.
 */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

    /** Each lane looks once a second. */
    private static final Duration LONGEST_BETWEEN_LOOKS = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    @Bean
    HealthIndicator databaseHealthIndicator(Databases databases) {
        return () -> health(databases.fault().isEmpty(), Status.DOWN, databases.fault().orElse(""));
    }

    @Bean
    HealthIndicator diskHealthIndicator(DiskSpace disk) {
        return () -> health(!disk.isShort(), Status.OUT_OF_SERVICE, "only the reserve is left of the data folder's disk");
    }

    @Bean
    HealthIndicator workerHealthIndicator(Databases databases, JobsHealth jobs, Clock clock) {
        return () -> {
            if (databases.areAway()) {
                return health(false, Status.UNKNOWN, "the database does not answer");
            }
            Instant now = clock.instant();
            boolean looks = jobs.lastLooks().values().stream().allMatch(look -> look.isAfter(now.minus(LONGEST_BETWEEN_LOOKS)));
            Optional<Instant> waiting = jobs.longestWaiting();
            return !looks
                    ? health(false, Status.DOWN, "the worker has not looked for what is due for " + LONGEST_BETWEEN_LOOKS.toSeconds() + " s")
                    : health(waiting.isEmpty() || waiting.get().isAfter(now.minus(LONGEST_WAIT)), Status.OUT_OF_SERVICE,
                            "what is due waits since " + waiting.orElse(now) + "; the workers do not keep up, or none runs");
        };
    }

    private static Health health(boolean well, Status otherwise, String reason) {
        return well
                ? Health.up().build()
                : Health.status(otherwise).withDetail("reason", reason).build();
    }
}
