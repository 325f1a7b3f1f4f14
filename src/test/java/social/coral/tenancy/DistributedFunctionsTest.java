package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CatalogueRows;
import social.coral.CoralTest;
import social.coral.DistributedSql;
import social.coral.installation.DatabaseServer;

/** The functions of the product as the database has them after all migrations. */
@CoralTest
class DistributedFunctionsTest {

    @Autowired
    DatabaseServer server;

    @Test
    void oneFunctionAloneSetsTheClaims() throws SQLException {
        assertThat(asked("select p.oid::regproc::text from pg_proc p where p.prosrc ~ 'set_config\\(|set local' order by 1")).containsExactly("auth.act_as");
        assertThat(asked("select p.oid::regproc::text from pg_proc p where p.prosrc ~ 'auth.act_as' order by 1")).contains(
                "audit.append_for", "auth.ask_erasure", "auth.provision_person", "auth.undo_erasure", "jobs.erase_some", "usage.release", "usage.reserve", "usage.settle");
    }

    @Test
    void noFunctionHasAFormThatADistributedServerRefuses() throws SQLException {
        List<String> bodies = asked("""
                select p.prosrc from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                where n.nspname in ('auth', 'audit', 'jobs', 'usage', 'tenancy') and p.prosrc ~ '(from|update|into) (public|auth|audit)\\.'
                """);

        assertThat(bodies).hasSizeGreaterThan(8).allSatisfy(body ->
                assertThat(DistributedSql.refused(body.toLowerCase(Locale.ROOT).replaceAll("--[^\\n]*", "").replaceAll("\\s+", " "))).isEmpty());
    }

    private List<String> asked(String sql) throws SQLException {
        try (Connection owner = server.connectAsOwner()) {
            return new CatalogueRows(owner).texts(sql);
        }
    }
}
