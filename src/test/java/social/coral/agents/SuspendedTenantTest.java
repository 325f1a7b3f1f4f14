package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import social.coral.CoralTest;
import social.coral.Tenants;
import social.coral.jobs.Job;
import social.coral.jobs.JobTask;
import social.coral.jobs.TestTurn;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;

@CoralTest
class SuspendedTenantTest {

    @Autowired
    Databases databases;

    @Autowired
    TenantDoor door;

    @Autowired
    List<JobTask> tasks;

    @Test
    void nothingIsDoneInTheNameOfSomebodyWhoIsSuspended() throws Exception {
        Tenant tenant = Tenants.aTenant(databases);
        String run = tenant.call(() -> door.sql("insert into public.agent_runs (agent, trigger) values ('tweet-scraping', 'person') returning id").one(row -> row.getString(1)));
        tenant.run(() -> door.sql("""
                insert into public.agent_schedules (agent, enabled, every, time_zone, next_run_at)
                values ('tweet-scraping', true, interval '1 hour', 'UTC', now() - interval '1 minute')
                """).update());
        JdbcClient.create(databases.auth()).sql("update auth.users set banned_until = now() + interval '1 day' where id = ?").param(tenant.id()).update();

        for (Job job : List.of(job(tenant, AgentJobs.RUN, run), job(tenant, AgentJobs.SCHEDULE, "tweet-scraping"))) {
            JobTask task = tasks.stream().filter(each -> each.name().equals(job.task())).findFirst().orElseThrow();
            Optional<Instant> again = task.work(job, TestTurn.ENDLESS);
            assertThat(again).hasValueSatisfying(at -> assertThat(at).isAfter(Instant.now().plus(Duration.ofMinutes(5))));
        }
        assertThat(tenant.call(() -> door.sql("select status from public.agent_runs where user_id = :tenant").list(row -> row.getString(1)))).containsExactly("queued");
        assertThat(tenant.call(() -> door.sql("select next_run_at < now() from public.agent_schedules where user_id = :tenant").list(row -> row.getBoolean(1)))).containsExactly(true);
    }

    private static Job job(Tenant tenant, String task, String key) {
        return new Job(task, tenant.id() + "/" + key, 0, 0, 0, 0);
    }
}
