package social.coral.erasure;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import social.coral.tenancy.Databases;

/**
 * Carries erasures out when they are due: one short step after the other, each committed, until the database says that it is done.
 * A process that dies in the middle leaves the rest to the next.
 */
@Configuration(proxyBeanMethods = false)
class ErasureJob {

    private static final String NAME = "erasure";
    private static final int ROWS_AT_ONCE = 5_000;
    private static final Duration TO_BEGIN_AGAIN = Duration.ofSeconds(10);
    private static final Duration TO_WAIT = Duration.ofSeconds(1);

    @Bean
    Task<Void> erasureTask(Databases databases, Clock clock) {
        JdbcClient jobs = JdbcClient.create(databases.jobs());
        return Tasks.custom(NAME, Void.class)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(TO_BEGIN_AGAIN))
                .onDeadExecutionRevive()
                .execute((instance, context) -> step(jobs, UUID.fromString(instance.getId()), context, clock));
    }

    private static CompletionHandler<Void> step(JdbcClient jobs, UUID person, ExecutionContext context, Clock clock) {
        while (!context.getSchedulerState().isShuttingDown()) {
            switch (jobs.sql("select jobs.erase_some(?, ?)").params(person, ROWS_AT_ONCE).query(String.class).single()) {
                case "done", "not asked" -> {
                    return new CompletionHandler.OnCompleteRemove<>();
                }
                case "waiting" -> {
                    return (complete, operations) -> operations.reschedule(complete, clock.instant().plus(TO_WAIT));
                }
                default -> {
                    // A step was made; on to the next.
                }
            }
        }
        return (complete, operations) -> operations.reschedule(complete, clock.instant());
    }
}
