package social.coral.agents;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import social.coral.identity.Suspensions;
import social.coral.jobs.JobTask;
import social.coral.jobs.Lane;
import social.coral.jobs.Turn;

/** The tasks that the worker runs for agents. */
@Configuration(proxyBeanMethods = false)
class AgentJobs {

    static final String RUN = "agent-run";
    static final String SCHEDULE = "agent-schedule";

    @Bean
    JobTask runTask(RunEngine engine, Suspensions suspensions, Clock clock) {
        return new TenantTask(RUN, Lane.RUNS, suspensions, clock) {
            @Override
            Optional<Instant> work(String key, Turn turn, Instant now) {
                return engine.work(UUID.fromString(key), turn, now);
            }

            @Override
            Optional<Instant> setAside(String key, boolean brokeProcess, Instant now) {
                return engine.setAside(UUID.fromString(key), brokeProcess);
            }
        };
    }

    @Bean
    JobTask scheduleTask(Schedules schedules, ScheduledStarts starts, Suspensions suspensions, Clock clock) {
        return new TenantTask(SCHEDULE, Lane.SCHEDULES, suspensions, clock) {
            @Override
            Optional<Instant> work(String key, Turn turn, Instant now) {
                return schedules.due(key, starts::start);
            }

            @Override
            Optional<Instant> setAside(String key, boolean brokeProcess, Instant now) {
                return starts.setAside(key, brokeProcess, now);
            }
        };
    }
}
