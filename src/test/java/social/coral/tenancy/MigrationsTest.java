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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import social.coral.installation.DatabaseServer;
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

    private static final String PASSWORD = "of the login roles";

    private static void migrate(DatabaseServer at, MasterKey masterKey) {
        Migrations.run(at, role -> PASSWORD, masterKey, 0);
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
