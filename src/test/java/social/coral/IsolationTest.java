package social.coral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import social.coral.installation.DatabaseServer;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;

/**
 * Attacks every tenant table that the catalogue names, through the door, with statements that forget their predicate. A
 * new table is attacked by itself; {@link #aTenantWithARowInEveryTable} fails for one that it knows no row for.
 */
@CoralTest
class IsolationTest {

    @Autowired
    DatabaseServer server;

    @Autowired
    Databases databases;

    @Autowired
    TenantDoor door;

    private Tenant owner;
    private Tenant stranger;

    @BeforeEach
    void twoTenants() {
        owner = aTenantWithARowInEveryTable();
        stranger = Tenants.aTenant(databases);
    }

    @Test
    void withoutItsPredicateAStatementStillSeesOnlyItsOwnTenant() throws Exception {
        for (String table : tables()) {
            long seen = stranger.call(() -> door.sql("select count(*) from public." + table + " where user_id <> :tenant").one(row -> row.getLong(1)));
            assertThat(seen).as(table).isZero();
        }
    }

    @Test
    void noTenantWritesUnderAnothersName() throws Exception {
        for (String table : tables()) {
            assertThatExceptionOfType(DataAccessException.class)
                    .as(table)
                    .isThrownBy(() -> stranger.run(() -> door.sql("insert into public." + table + " (user_id) values (:victim)")
                            .param("victim", owner.id())
                            .update()));
        }
    }

    @Test
    void changesWithoutTheirPredicateLeaveOthersAlone() throws Exception {
        for (String table : tables()) {
            long before = rowsOf(owner, table);
            for (String change : List.of("delete from public." + table, "update public." + table + " set user_id = user_id")) {
                attempt(change);
            }
            assertThat(rowsOf(owner, table)).as(table).isEqualTo(before).isPositive();
        }
    }

    /** May be refused or touch nothing; what counts is what is left. */
    private void attempt(String change) {
        try {
            stranger.run(() -> door.sql(change).update());
        } catch (DataAccessException refused) {
            assertThat(refused).isNotNull();
        }
    }

    private long rowsOf(Tenant tenant, String table) throws Exception {
        return tenant.call(() -> door.sql("select count(*) from public." + table + " where user_id = :tenant").one(row -> row.getLong(1)));
    }

    private List<String> tables() throws SQLException {
        return catalogue("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname");
    }

    private List<String> catalogue(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.owner());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }

    private Tenant aTenantWithARowInEveryTable() {
        Tenant tenant = Tenants.aTenant(databases);
        UUID run = UUID.randomUUID();
        UUID key = UUID.randomUUID();
        tenant.run(() -> {
            insert("x_accounts (username) values ('somebody')");
            insert("tweets (content) values ('a draft')");
            insert("tweets_cache (network, tweet_id, author, content, source, created_at) values ('x', '1', 'somebody', 'a post', 'collected', now())");
            insert("agent_runs (id, agent, trigger) values ('" + run + "', 'tweet-scraping', 'person')");
            insert("agent_run_steps (run_id, position, name, status) values ('" + run + "', 0, 'one', 'running')");
            insert("agent_schedules (agent, time_zone) values ('tweet-scraping', 'UTC')");
            insert("idempotency_keys (key, request_hash) values ('once', sha256(''))");
            door.transaction(() -> door.audit("row.made", "one"));
            insert("user_data_keys (id, wrapped_key, master_key_id) values ('" + key + "', '\\x00', 'none')");
            insert("user_api_keys (service_name, encrypted_key, data_key_id, hint) values ('openai', '\\x00', '" + key + "', '…')");
        });
        org.springframework.jdbc.core.simple.JdbcClient.create(databases.meter())
                .sql("select usage.record_call(?, 'x', 'GET /2/tweets', 1, 0, 'ok', 1, null)")
                .param(tenant.id())
                .query((row, number) -> true)
                .single();
        return tenant;
    }

    private void insert(String rest) {
        door.sql("insert into public." + rest).update();
    }
}
