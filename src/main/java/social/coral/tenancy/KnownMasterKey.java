package social.coral.tenancy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import social.coral.installation.MasterKey;
import social.coral.installation.StartFault;

/**
 * Records in the database which master key is current, so that all processes agree. A process without that key could decrypt
 * nothing, and would change the login roles' passwords under those that can.
 */
final class KnownMasterKey {

    private KnownMasterKey() {}

    /** Switches the process to the database's current key, or refuses a process without it. A database without tables has none yet. */
    static void follow(Statement statement, MasterKey masterKey) throws SQLException {
        Optional<String> current = current(statement);
        if (current.isPresent() && !masterKey.follow(current.get())) {
            throw new StartFault("The database was set up with another master key. Put that one back (ENCRYPTION_KEY, or master.key in the data folder)."
                    + " To replace it with a new one, keep the earlier one in ENCRYPTION_KEYS_OLD until ./coral keys rotate has finished.");
        }
    }

    static Optional<String> current(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select to_regclass('tenancy.installation') is not null")) {
            row.next();
            if (!row.getBoolean(1)) {
                return Optional.empty();
            }
        }
        try (ResultSet row = statement.executeQuery("select master_key_id from tenancy.installation")) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    /** Records the key of a new database. */
    static void remember(Connection owner, String id) throws SQLException {
        try (PreparedStatement statement = owner.prepareStatement(
                "insert into tenancy.installation (master_key_id) values (?) on conflict (only_one) do nothing")) {
            statement.setString(1, id);
            statement.execute();
        }
    }

    /** Makes this key the current one, after all transactions that encrypt under the present one have ended. */
    static void change(Connection owner, String id) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("set local lock_timeout = '20s'");
            statement.execute("lock table tenancy.installation in access exclusive mode");
        }
        try (PreparedStatement statement = owner.prepareStatement("update tenancy.installation set master_key_id = ?")) {
            statement.setString(1, id);
            statement.execute();
        }
    }
}
