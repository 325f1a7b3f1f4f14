package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.coral.installation.CoralProcess;
import social.coral.installation.DatabaseServer;
import social.coral.installation.TestServer;

/** Work that was due, in hand or planned when the product was stopped for an upgrade from the scheduler that it had before. */
@Tag("database")
class UpgradedJobsTest {

    private static final String PERSON = "00000000-0000-0000-0000-00000000000%d";
    private static final String JOBS = """
            select task_name || ' ' || task_instance || ' ' || extract(epoch from execution_time) from jobs.scheduled_tasks
            where task_name <> 'knowledge' order by 1
            """;

    @TempDir
    Path folder;

    @Test
    void noScheduledWorkIsLostOrDoneTwiceByAnUpgrade() throws SQLException {
        TestServer server = TestServer.start();
        String url = server.databaseUrl("upgraded");
        DatabaseServer database = TestServer.at(url);
        try (Connection owner = database.connectAsOwner();
                Statement statement = owner.createStatement()) {
            LoginRoles.bringUpToDate(statement, role -> "of the login roles");
            migrate(database, "20261126.1549?");
            for (int person = 1; person <= 4; person++) {
                aPersonWithARunAndASchedule(statement, person);
            }
            statement.execute(JOBS_FROM_BEFORE);
            List<String> before = texts(statement, JOBS);
            assertThat(before).hasSize(8);

            migrate(database, "latest");
            assertThat(texts(statement, JOBS)).isEqualTo(before);
            assertThat(texts(statement, "select task_instance from jobs.scheduled_tasks where picked or interrupted > 0")).isEmpty();
            assertThat(texts(statement, """
                    select count(*)::text from jobs.scheduled_tasks t join jobs.lines l using (task_name, line) where l.due_at <= t.execution_time and task_name <> 'knowledge'
                    """)).as("jobs whose line is looked at in time").containsExactly("8");
        }
        try (CoralProcess upgraded = CoralProcess.start(folder, Map.of("DATABASE_URL", url));
                Connection owner = database.connectAsOwner();
                Statement statement = owner.createStatement()) {
            upgraded.awaitAddress();
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                assertThat(texts(statement, "select task_name || ' ' || task_instance from jobs.scheduled_tasks where execution_time <= now() or picked")).isEmpty();
                assertThat(texts(statement, "select result from tenancy.erasures")).containsExactly("erased");
            });
            for (int person = 1; person <= 2; person++) {
                actFor(statement, person);
                assertThat(texts(statement, "select trigger || ' ' || error_code || ' ' || lease from public.agent_runs"))
                        .as("taken up once more than before, and ended for want of a key")
                        .containsExactly("person missing_keys " + person);
            }
            assertThat(texts(statement, "select details from public.agent_logs where action = 'skipped'")).as("the start that lay ahead").isEmpty();
            actFor(statement, 1);
            assertThat(texts(statement, "select left(details, 30) from public.agent_logs where action = 'skipped'"))
                    .as("the start that was due").containsExactly("The scheduled run was skipped.");
            assertThat(texts(statement, "select (next_run_at > now())::text from public.agent_schedules")).containsExactly("true");
            assertThat(texts(statement, "select right(id::text, 1) from auth.users order by 1")).containsExactly("1", "2", "4");
            assertThat(texts(statement, "select task_name || ' ' || right(split_part(task_instance, '/', 1), 1) from jobs.scheduled_tasks order by 1"))
                    .as("what lies ahead").containsExactly("agent-schedule 1", "agent-schedule 2", "erasure 4", "knowledge 1", "knowledge 2", "knowledge 4");
        }
    }

    /** A run that was begun as often as the person's number says less one, and a schedule. */
    private static void aPersonWithARunAndASchedule(Statement statement, int person) throws SQLException {
        String id = PERSON.formatted(person);
        statement.execute("insert into auth.users (id, email) values ('%1$s', '%2$d@example.org'); select auth.provision_person('%1$s', '%2$d@example.org', '')".formatted(id, person));
        actFor(statement, person);
        statement.execute("""
                insert into public.agent_runs (id, agent, trigger, status, lease) values ('%1$s', 'tweet-scraping', 'person', '%2$s', %3$d);
                insert into public.agent_schedules (agent, enabled, every, time_zone, next_run_at) values
                  ('tweet-scraping', true, interval '1 hour', 'UTC', now() + case when %3$d = 0 then interval '-1 minute' else interval '30 minutes' end)
                """.formatted(id, person == 1 ? "queued" : "running", person - 1));
    }

    private static final String JOBS_FROM_BEFORE = """
            insert into jobs.scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, last_failure, consecutive_failures, version)
            select name, '00000000-0000-0000-0000-00000000000' || person || key, now() + due,
              held, case when held then 'a host that was stopped' end, case when held then now() end, case when held then now() end, case when held then 3 end, person
            from (values
              ('agent-run', 1, '/00000000-0000-0000-0000-000000000001', interval '-1 minute', false),
              ('agent-run', 2, '/00000000-0000-0000-0000-000000000002', interval '-1 minute', true),
              ('agent-run', 3, '/00000000-0000-0000-0000-000000000003', interval '-1 minute', true),
              ('agent-schedule', 1, '/tweet-scraping', interval '-1 minute', false),
              ('agent-schedule', 2, '/tweet-scraping', interval '30 minutes', false),
              ('agent-schedule', 3, '/tweet-scraping', interval '30 minutes', true),
              ('erasure', 3, '', interval '-1 minute', true),
              ('erasure', 4, '', interval '1 day', false)) as job (name, person, key, due, held);
            select set_config('request.jwt.claims', '{"sub":"00000000-0000-0000-0000-000000000003"}', false);
            update public.user_profiles set erasure_due_at = now() - interval '1 minute'
            """;

    private static void actFor(Statement statement, int person) throws SQLException {
        statement.execute("select set_config('request.jwt.claims', '{\"sub\":\"%s\"}', false)".formatted(PERSON.formatted(person)));
    }

    private static void migrate(DatabaseServer at, String target) {
        Flyway.configure().configuration(Migrations.flyway(at).getConfiguration()).target(target).load().migrate();
    }

    private static List<String> texts(Statement statement, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
