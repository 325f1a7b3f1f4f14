package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import social.coral.installation.DatabaseServer;
import social.coral.installation.Finding.Level;
import social.coral.installation.MasterKey;
import social.coral.installation.StartFault;
import social.coral.installation.TestMasterKey;
import social.coral.installation.TestServer;

/** On an operator's server, whose owner of the database is no superuser. */
@Tag("database")
class MigrationsTest {

    private static final MasterKey KEY = TestMasterKey.of("key-1", null);
    private static TestServer server;

    @BeforeAll
    static void anOperatorsServer() {
        server = TestServer.start();
    }

    @AfterEach
    void asItWas() {
        for (String database : List.of("shop", "second")) {
            server.administrator("drop database if exists " + database + " with (force)");
            for (LoginRole role : LoginRole.values()) {
                server.administrator("drop role if exists " + role.roleName);
            }
            server.administrator("drop role if exists " + database);
        }
        List.of("anon", "authenticated", "service_role").forEach(role -> server.administrator("drop role if exists " + role));
    }

    @Test
    void anOwnerWithoutSuperuserRightsIsEnoughAndMayStartAgain() throws SQLException {
        DatabaseServer shop = TestServer.at(server.databaseUrl("shop"));

        migrate(shop, KEY);
        migrate(shop, KEY);

        assertThat(unbounded(shop)).isEmpty();
        for (LoginRole role : LoginRole.values()) {
            DriverManager.getConnection(shop.jdbcUrl(), shop.as(role.roleName, PASSWORD)).close();
        }
    }

    @Test
    void anUpgradeDoesNotTakeAReplacedFunctionForItsOwn() throws SQLException {
        DatabaseServer shop = TestServer.at(server.databaseUrl("shop"));
        migrate(shop, KEY);
        server.administrator("shop", "create or replace function jobs.drop_oldest(target text) returns bigint language sql as 'select 0::bigint'");
        server.administrator("shop", "delete from tenancy.schema_history where installed_rank = (select max(installed_rank) from tenancy.schema_history)");

        assertThatThrownBy(() -> migrate(shop, KEY)).isInstanceOf(StartFault.class).hasMessageContaining("Look at jobs.drop_oldest(text)");
    }

    @Test
    void thePlansOfBeforeLimitNothingNewAndTheirRowsStayUntilOneDoes() throws SQLException {
        DatabaseServer shop = TestServer.at(server.databaseUrl("shop"));
        try (Connection owner = shop.connectAsOwner();
                Statement statement = owner.createStatement()) {
            LoginRoles.bringUpToDate(statement, role -> PASSWORD);
            Flyway.configure().configuration(Migrations.flyway(shop).getConfiguration()).target("20261201.1214?").load().migrate();
            String person = "00000000-0000-0000-0000-000000000007";
            statement.execute("insert into auth.users (id, email) values ('%1$s', '7@example.org'); select auth.provision_person('%1$s', '7@example.org', '')".formatted(person));
            statement.execute("select set_config('request.jwt.claims', '{\"sub\":\"%s\"}', false)".formatted(person));
            statement.execute("insert into public.x_accounts (username, created_at) values ('first', now() - interval '1 day'), ('second', now())");
            statement.execute("insert into public.agent_schedules (agent, enabled, every, time_zone) values ('tweet-scraping', true, interval '1 hour', 'UTC')");

            migrate(shop, KEY);

            String kept = "select username || is_active from public.x_accounts where held_back_at is null union all select agent || enabled from public.agent_schedules order by 1";
            statement.execute("select usage.keep_within_plan('%s')".formatted(person));
            assertThat(texts(statement, kept)).containsExactly("firsttrue", "secondtrue", "tweet-scrapingtrue");
            statement.execute("update usage.plans set accounts = 1 where name = 'free'; select usage.keep_within_plan('%s')".formatted(person));
            assertThat(texts(statement, "select username || is_active from public.x_accounts order by 1")).containsExactly("firsttrue", "secondfalse");
        }
    }

    @Test
    void rolesThatTheHostHasAlreadyMadeAreTakenAsTheyAre() throws SQLException {
        DatabaseServer shop = TestServer.at(server.databaseUrl("shop"));
        for (String role : List.of("anon", "authenticated", "service_role")) {
            server.administrator("create role " + role);
            server.administrator("grant " + role + " to shop with admin option");
        }

        migrate(shop, KEY);

        DriverManager.getConnection(shop.jdbcUrl(), shop.as(LoginRole.TENANT.roleName, PASSWORD)).close();
    }

    @Test
    void anOwnerWhoMayNotMakeRolesIsToldWhatTheAdministratorMustDo() {
        DatabaseServer shop = TestServer.at(server.databaseUrl("shop"));
        server.administrator("alter role shop nocreaterole");

        assertThatThrownBy(() -> migrate(shop, KEY))
                .isInstanceOf(StartFault.class)
                .hasMessageContaining("alter role shop createrole");
    }

    @Test
    void aUserWhoDoesNotOwnTheDatabaseIsToldWhatTheAdministratorMustDo() {
        DatabaseServer shop = TestServer.at(server.databaseUrl("shop"));
        server.administrator("alter database shop owner to postgres");

        assertThatThrownBy(() -> migrate(shop, KEY))
                .isInstanceOf(StartFault.class)
                .hasMessageContaining("alter database shop owner to shop");
    }

    @Test
    void aSecondInstallationOnTheServerDoesNotTakeTheRolesOfTheFirst() throws SQLException {
        DatabaseServer shop = TestServer.at(server.databaseUrl("shop"));
        migrate(shop, KEY);
        DatabaseServer second = TestServer.at(server.databaseUrl("second"));

        assertThatThrownBy(() -> migrate(second, TestMasterKey.of("key-2", null)))
                .isInstanceOf(StartFault.class)
                .hasMessageContaining("serves Coral Social in the database \"shop\"");

        DriverManager.getConnection(shop.jdbcUrl(), shop.as(LoginRole.TENANT.roleName, PASSWORD)).close();
    }

    @Test
    void aProcessWithoutTheDatabasesMasterKeyIsRefusedAndOneWithAFurtherKeyChangesNothing() {
        DatabaseServer shop = TestServer.at(server.databaseUrl("shop"));
        migrate(shop, KEY);

        assertThatThrownBy(() -> migrate(shop, TestMasterKey.of("key-2", null)))
                .isInstanceOf(StartFault.class)
                .hasMessageContaining("another master key");

        MasterKey both = TestMasterKey.of("key-2", "key-1");
        migrate(shop, both);
        assertThat(both.currentId()).isEqualTo(KEY.currentId());
        migrate(shop, KEY);
    }

    @Test
    void aRoleThatCouldReadEverythingIsRefused() {
        DatabaseServer shop = TestServer.at(server.databaseUrl("shop"));
        server.administrator("create role coral_tenant bypassrls");

        assertThatThrownBy(() -> migrate(shop, KEY))
                .isInstanceOf(StartFault.class)
                .hasMessageContaining("alter role coral_tenant nosuperuser nobypassrls");
    }

    @Test
    void whatKeepsTheOwnerOutIsToldInOneSentence() {
        server.databaseUrl("shop");

        assertThatThrownBy(() -> TestServer.at(server.url("shop", "wrong", "shop")).connectAsOwner())
                .isInstanceOf(StartFault.class)
                .hasMessageContaining("refused the user or password of DATABASE_URL")
                .hasMessageNotContaining("wrong");
        assertThatThrownBy(() -> TestServer.at(server.url("shop", "owner", "missing")).connectAsOwner())
                .isInstanceOf(StartFault.class)
                .hasMessageContaining("create database missing owner shop");
    }

    @Test
    void rowsFromBeforeABoundAreBroughtUnderItAndTheOthersStayAsTheyAre() throws SQLException {
        DatabaseServer shop = TestServer.at(server.databaseUrl("shop"));
        try (Connection owner = shop.connectAsOwner();
                Statement statement = owner.createStatement()) {
            LoginRoles.bringUpToDate(statement, role -> PASSWORD);
            Flyway.configure().configuration(Migrations.flyway(shop).getConfiguration()).target("20261126.0999?").load().migrate();
            statement.execute(ROWS_FROM_BEFORE);
        }

        migrate(shop, KEY);

        try (Connection owner = shop.connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute(ACT_FOR_SOMEBODY);
            assertThat(texts(statement, "select username || ' ' || coalesce(network_user_id, '-') || ' ' || coalesce(octet_length(display_name), 0) || ' '"
                    + " || coalesce(cursor_token, '-') || ' ' || isfinite(state_since) from public.x_accounts order by 1"))
                    .containsExactly("bad - 800 - true", "good 42 4 on true");
            assertThat(texts(statement, "select tweet_id || ' ' || isfinite(created_at) || ' ' || coalesce(conversation_id, '-') from public.tweets_cache"))
                    .containsExactly("1 true -");
            assertThat(texts(statement, "select status || ' ' || coalesce(scheduled_for::text, '-') || ' ' || time_zone from public.tweets order by 1"))
                    .containsExactly("draft - UTC", "failed - Europe/Berlin");
            assertThat(texts(statement, "select status || ' ' || isfinite(finished_at) || ' ' || octet_length(error) from public.agent_runs"))
                    .containsExactly("failed true 1000");
            assertThat(texts(statement, "select enabled || ' ' || cardinality(at) from public.agent_schedules")).containsExactly("false 0");
            assertThat(IsolationCheckup.of(owner)).filteredOn(finding -> finding.level() == Level.FAULT).isEmpty();
        }
    }

    private static final String ACT_FOR_SOMEBODY =
            "select set_config('request.jwt.claims', '{\"sub\":\"00000000-0000-0000-0000-000000000001\"}', false)";

    private static final String ROWS_FROM_BEFORE = ACT_FOR_SOMEBODY + """
            ;
            insert into public.x_accounts (username, network, network_user_id, display_name, cursor_token, state_since) values
              ('bad', 'sandbox', '../../x', repeat('🪸', 100000), repeat('A', 1000000), 'infinity'),
              ('good', 'x', '42', 'Good', 'on', now());
            insert into public.tweets_cache (network, tweet_id, author, content, source, created_at, conversation_id) values
              ('x', '1', 'bob', 'x', 'imported', 'infinity', '../x'), ('x', '../../x', 'bob', 'x', 'imported', now(), null);
            insert into public.tweets (content, status, scheduled_for, time_zone, created_at) values
              ('a', 'scheduled', 'infinity', repeat('Z', 100000), '-infinity'), ('b', 'failed', '-infinity', 'Europe/Berlin', now());
            insert into public.agent_runs (agent, trigger, status, finished_at, error) values
              ('tweet-scraping', 'person', 'failed', 'infinity', repeat('e', 1000000));
            insert into public.agent_schedules (agent, enabled, at, time_zone) values ('tweet-scraping', true, '{"late"}', 'UTC');
            """;

    private static final String PASSWORD = "of the login roles";

    private static void migrate(DatabaseServer at, MasterKey masterKey) {
        Migrations.run(at, role -> PASSWORD, masterKey, 0);
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

    private static List<String> unbounded(DatabaseServer shop) throws SQLException {
        List<String> roles = new ArrayList<>();
        try (Connection owner = shop.connectAsOwner();
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select rolname from pg_roles where rolname like 'coral\\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)")) {
            while (rows.next()) {
                roles.add(rows.getString(1));
            }
        }
        return roles;
    }
}
