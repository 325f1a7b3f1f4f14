package social.coral.agents;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import social.coral.identity.Suspensions;
import social.coral.jobs.Job;
import social.coral.jobs.JobTask;
import social.coral.jobs.Lane;
import social.coral.jobs.Turn;
import social.coral.tenancy.Tenant;

/** What is done for agents when it is due, in the name of the tenant whose job it is, and not while that one is suspended. */
@Configuration(proxyBeanMethods = false)
class AgentJobs {

    static final String RUN = "agent-run";
    static final String SCHEDULE = "agent-schedule";

    private static final Duration UNTIL_LOOKED_AT_AGAIN = Duration.ofMinutes(10);

    @Bean
    JobTask runTask(RunEngine engine, Suspensions suspensions, Clock clock) {
        return new JobTask() {
            @Override
            public String name() {
                return RUN;
            }

            @Override
            public Lane lane() {
                return Lane.RUNS;
            }

            @Override
            public Optional<Instant> work(Job job, Turn turn) {
                return suspensions.cover(job.tenant())
                        ? Optional.of(clock.instant().plus(UNTIL_LOOKED_AT_AGAIN))
                        : callFor(job.tenant(), () -> engine.work(UUID.fromString(job.key()), turn, clock.instant()));
            }

            @Override
            public Optional<Instant> setAside(Job job, Instant now) {
                return callFor(job.tenant(), () -> engine.setAside(UUID.fromString(job.key()), job.brokeProcess()));
            }
        };
    }

    @Bean
    JobTask scheduleTask(Schedules schedules, ScheduledStarts starts, Suspensions suspensions, Clock clock) {
        return new JobTask() {
            @Override
            public String name() {
                return SCHEDULE;
            }

            @Override
            public Lane lane() {
                return Lane.SCHEDULES;
            }

            @Override
            public Optional<Instant> work(Job job, Turn turn) {
                return suspensions.cover(job.tenant())
                        ? Optional.of(clock.instant().plus(UNTIL_LOOKED_AT_AGAIN))
                        : callFor(job.tenant(), () -> schedules.due(job.key(), starts::start));
            }

            @Override
            public Optional<Instant> setAside(Job job, Instant now) {
                return callFor(job.tenant(), () -> starts.setAside(job.key(), job.brokeProcess(), now));
            }
        };
    }

    private static <T extends Object> T callFor(Tenant tenant, Supplier<T> work) {
        try {
            return tenant.call(work::get);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
