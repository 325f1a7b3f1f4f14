package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.coral.installation.DatabaseServer;
import social.coral.installation.InstallationSettings;
import social.coral.installation.MasterKey;
import social.coral.installation.StartFault;
import social.coral.installation.TestMasterKey;
import social.coral.installation.TestServer;

/** Several processes on one database, whose key the operator keeps in the environment. */
@Tag("database")
class MasterKeyChangeTest {

    @TempDir
    Path folder;

    @Test
    void processesThatKnowBothKeysGoOnLoggingInWhenTheKeyChanges() throws SQLException {
        DatabaseServer shop = TestServer.at(TestServer.start().databaseUrl("shop"));
        InstallationSettings settings = TestMasterKey.settings(folder);
        MasterKey old = TestMasterKey.of("key-1", null);
        start(shop, settings, old).destroy();
        MasterKey first = TestMasterKey.of("key-2", "key-1");
        MasterKey second = TestMasterKey.of("key-2", "key-1");
        Databases one = start(shop, settings, first);
        Databases two = start(shop, settings, second);
        assertThat(first.currentId()).as("a start changes nothing").isEqualTo(old.currentId());
        start(shop, settings, old).destroy();

        MasterKey commands = TestMasterKey.of("key-2", "key-1");
        try (OwnerDoor owner = OwnerDoor.open(shop)) {
            owner.follow(commands);
            owner.change(commands, commands.ids().getFirst(), settings);
        }

        for (Databases process : new Databases[] {one, two}) {
            for (LoginRole role : LoginRole.values()) {
                process.pool(role).unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
                try (Connection connection = process.pool(role).getConnection()) {
                    assertThat(connection.isValid(1)).isTrue();
                }
            }
            process.destroy();
        }
        start(shop, settings, TestMasterKey.of("key-2", null)).destroy();
        assertThatThrownBy(() -> start(shop, settings, TestMasterKey.of("key-1", null)))
                .isInstanceOf(StartFault.class)
                .hasMessageContaining("another master key");
    }

    private static Databases start(DatabaseServer server, InstallationSettings settings, MasterKey masterKey) {
        return new Databases(server, new RolePasswords(settings, masterKey), masterKey, new TenancySettings(0), pulse -> {});
    }
}
