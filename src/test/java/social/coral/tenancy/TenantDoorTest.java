package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static social.coral.Tenants.aTenant;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import social.coral.CoralTest;

/** The door over a single connection, which it uses for one tenant after the other. */
@CoralTest
class TenantDoorTest {

    @Autowired
    Databases databases;

    private Connection connection;
    private DataSource single;
    private TenantDoor door;
    private Tenant one;
    private Tenant other;

    @BeforeEach
    void aDoorOverOneConnection() throws SQLException {
        connection = databases.pool(LoginRole.TENANT).getConnection();
        single = new SingleConnectionDataSource(connection, true);
        door = new TenantDoor(single, new TenantShares(1, 1), databases.claimsKey(), new RowBounds(databases.tables()));
        one = aTenant(databases);
        other = aTenant(databases);
    }

    @AfterEach
    void giveItBack() throws SQLException {
        connection.close();
    }

    @Test
    void withoutATenantNothingReachesTheDatabase() {
        TenantDoor walled = new TenantDoor(new Unreachable(), new TenantShares(1, 1), databases.claimsKey(), new RowBounds(databases.tables()));
        assertThatExceptionOfType(NoTenant.class).isThrownBy(() -> walled.sql("select 1").list(row -> row.getInt(1)));
        assertThatExceptionOfType(NoTenant.class).isThrownBy(() -> walled.sql("delete from public.tweets").update());
        assertThatExceptionOfType(NoTenant.class).isThrownBy(() -> walled.transaction(() -> {}));
    }

    @Test
    void theTenantIsBoundByTheDoorAndNobodyElse() {
        one.run(() -> {
            assertThatThrownBy(() -> door.sql("select :tenant").param("tenant", other.id())).isInstanceOf(InvalidDataAccessApiUsageException.class);
            assertThatThrownBy(() -> door.sql("values :tenant").rows("tenant", List.<Object[]>of(new Object[] {other.id()})))
                    .isInstanceOf(InvalidDataAccessApiUsageException.class);
        });
    }

    @Test
    void theClaimsEndWithTheStatementTheTransactionAndTheFault() {
        one.run(() -> write("a draft"));
        assertNobodyIsLeft();
        one.run(() -> door.transaction(() -> write("another")));
        assertNobodyIsLeft();
        one.run(() -> assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> door.sql("select 1/0").list(row -> row.getInt(1))));
        assertNobodyIsLeft();
        one.run(() -> assertThatThrownBy(() -> door.transaction(() -> {
            throw new IllegalStateException("stop");
        })).hasMessage("stop"));
        assertNobodyIsLeft();
    }

    @Test
    void thePolicyIsAskedOncePerStatementAndNoStatementIsPlannedTwice() {
        one.run(() -> {
            List<String> plan = door.sql("explain (verbose) select id from public.tweets where user_id = :tenant").list(row -> row.getString(1));
            assertThat(plan).as("%s", plan).anyMatch(line -> line.contains("uid()") && (line.contains("Index Cond") || line.contains("One-Time Filter")))
                    .noneMatch(line -> line.contains("uid()") && line.strip().startsWith("Filter"));
            List<String> mode = door.sql("show plan_cache_mode").list(row -> row.getString(1));
            assertThat(mode).containsExactly("force_generic_plan");
        });
    }

    private void assertNobodyIsLeft() {
        JdbcClient client = JdbcClient.create(single);
        assertThat(client.sql("select coalesce(current_setting('request.jwt.claims', true), '')").query(String.class).single()).isEmpty();
        assertThat(client.sql("select count(*) from public.tweets").query(Long.class).single()).isZero();
    }

    @Test
    void aStatementWithoutItsPredicateShowsOnlyItsOwnRowsHoweverOftenItsPlanIsUsed() throws Exception {
        one.run(() -> write("of one"));
        other.run(() -> write("of other"));
        for (int i = 0; i < 12; i++) {
            assertThat(one.call(this::everything)).containsExactly("of one");
            assertThat(other.call(this::everything)).containsExactly("of other");
        }
    }

    @Test
    void aNullDoesNotPartAStatementFromItsTenant() throws Exception {
        one.run(() -> write("of one"));
        for (int i = 0; i < 12; i++) {
            String words = i % 3 == 0 ? "of one" : null;
            List<String> found = one.call(() -> door.sql("select content from public.tweets where (:words::text is null or content = :words)")
                    .param("words", words)
                    .list(row -> row.getString(1)));
            assertThat(found).containsExactly("of one");
            int written = one.call(() -> door.sql("insert into public.tweets (content, time_zone) values (:content, :time_zone)")
                    .param("content", "other")
                    .param("time_zone", words == null ? null : "UTC")
                    .update());
            int deleted = one.call(() -> door.sql("delete from public.tweets where content = 'other'").update());
            assertThat(List.of(written, deleted)).containsExactly(1, 1);
        }
    }

    @Test
    void aRowForAnotherTenantIsRefused() {
        one.run(() -> assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> door.sql("insert into public.tweets (user_id, content) values (:victim, 'forged')").param("victim", other.id()).update()));
    }

    @Test
    void whatAFailedTransactionWroteIsGoneAndWhatTheInnerWroteToo() throws Exception {
        one.run(() -> assertThatThrownBy(() -> door.transaction(() -> {
            write("outer");
            door.transaction(() -> write("inner"));
            throw new IllegalStateException("stop");
        })).hasMessage("stop"));
        assertThat(one.call(this::everything)).isEmpty();

        one.run(() -> door.transaction(() -> {
            write("outer");
            door.transaction(() -> write("inner"));
        }));
        assertThat(one.call(this::everything)).containsExactlyInAnyOrder("outer", "inner");
    }

    @Test
    void anotherTenantsWorkDoesNotJoinATransaction() throws Exception {
        one.run(() -> door.transaction(() -> {
            assertThatThrownBy(() -> other.run(() -> write("astray"))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> other.run(() -> door.transaction(() -> write("astray")))).isInstanceOf(IllegalStateException.class);
        }));
        assertThat(one.call(this::everything)).isEmpty();
        assertThat(other.call(this::everything)).isEmpty();
    }

    @Test
    void aTenantThatDoesNotExistSeesNothing() throws Exception {
        one.run(() -> write("of one"));
        assertThat(new Tenant(UUID.randomUUID()).call(this::everything)).isEmpty();
    }

    private void write(String content) {
        door.sql("insert into public.tweets (content) values (:content)").param("content", content).update();
    }

    private List<String> everything() {
        return door.sql("select content from public.tweets").list(row -> row.getString(1));
    }

    private static final class Unreachable extends AbstractDataSource {

        @Override
        public Connection getConnection() {
            throw new AssertionError("the database was asked");
        }

        @Override
        public Connection getConnection(String user, String password) {
            throw new AssertionError("the database was asked");
        }
    }
}
