package social.coral.web.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.installation.DatabaseServer;
import social.coral.tenancy.AuditLog;
import social.coral.tenancy.TenantDoor;

@CoralTest
class AuditDownloadTest {

    private static final int ENTRIES = 10_100;
    private static final int ENTRIES_OF_ACTION = 150;

    @Autowired private People people;
    @Autowired private TenantDoor door;
    @Autowired private AuditLog log;
    @Autowired private DatabaseServer server;

    @Test
    void whatAFaultEndsBeforeItsLastEntryIsNotTakenForAFile() throws Exception {
        TestPerson person = people.aPerson();
        // Of each action the first of a day are entered one by one.
        for (int action = 0; action * ENTRIES_OF_ACTION < ENTRIES; action++) {
            String name = "row.made_" + (char) ('a' + action / 26) + (char) ('a' + action % 26);
            person.tenant().run(() -> door.transaction(() -> IntStream.range(0, ENTRIES_OF_ACTION).forEach(i -> door.audit(name, i))));
        }
        assertThat(person.browser().get("/settings/audit/download").body().lines().count()).isGreaterThan(ENTRIES);

        // The newest come first, so that many are written before this one.
        changed("create policy unreadable on public.audit_log as restrictive for select using (user_id <> '%s' or 1 / (position - 20) is not null)".formatted(person.id()));
        TestAnswer broken;
        try {
            broken = person.browser().get("/settings/audit/download");
        } finally {
            changed("drop policy unreadable on public.audit_log");
        }

        assertThat(broken.status()).isEqualTo(500);
        assertThat(broken.body()).contains("Something went wrong").doesNotContain("row.made");
        assertThat(broken.header("Content-Disposition")).isNull();
    }

    @Test
    void theWholeLogIsInTheFile() {
        TestPerson person = people.aPerson();
        person.tenant().run(() -> door.sql("""
                        insert into public.agent_logs (agent_name, level, action, details)
                        select 'tweet-scraping', 'info', 'counted', 'entry ' || n from generate_series(1, :entries) as n
                        """)
                .param("entries", ENTRIES)
                .update());
        assertThat(person.browser().get("/logs/download").body().lines().filter(line -> line.contains("entry "))).hasSize(ENTRIES).doesNotHaveDuplicates();
        assertThat(person.browser().get("/logs?offset=10000").body()).contains("10,001–10,050 of 10,051 or more", "offset=10050");
    }

    @Test
    void whatIsEnteredMeanwhileMovesNoEntryIntoTheNextPart() {
        people.aPerson().tenant().run(() -> {
            for (int i = 0; i < 4; i++) {
                door.transaction(() -> door.audit("row.made", 0));
            }
            List<AuditLog.Entry> first = log.before(Long.MAX_VALUE, AuditLog.Filter.ALL, 2);
            door.transaction(() -> door.audit("row.made", 0));
            List<AuditLog.Entry> then = log.before(first.getLast().position(), AuditLog.Filter.ALL, 2);
            assertThat(then).extracting(AuditLog.Entry::position).containsExactly(first.getLast().position() - 1, first.getLast().position() - 2);
        });
    }

    private void changed(String policies) throws SQLException {
        try (Connection owner = server.connectAsOwner();
                Statement sql = owner.createStatement()) {
            sql.execute(policies);
        }
    }
}
