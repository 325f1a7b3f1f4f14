package social.coral.tenancy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import social.coral.installation.StartFault;

/**
 * Remembers in the database which master key it was set up with. A process that comes with another one could open
 * nothing of what is sealed there, and would take the login roles' passwords away from those that can.
 */
final class KnownMasterKey {

    private KnownMasterKey() {}

    /** Refuses a key that this database does not know; a database without tables knows none yet. */
    static void check(Statement statement, List<String> ids) throws SQLException {
        try (ResultSet row = statement.executeQuery("select to_regclass('tenancy.installation') is not null")) {
            row.next();
            if (!row.getBoolean(1)) {
                return;
            }
        }
        try (ResultSet row = statement.executeQuery("select master_key_id from tenancy.installation")) {
            if (row.next() && !ids.contains(row.getString(1))) {
                throw new StartFault("the database was set up with another master key; put that one back (ENCRYPTION_KEY, or master.key in the data folder),"
                        + " and while a new one takes its place name the earlier one in ENCRYPTION_KEYS_OLD");
            }
        }
    }

    static void remember(Connection owner, String id) throws SQLException {
        try (PreparedStatement statement = owner.prepareStatement("""
                insert into tenancy.installation (master_key_id) values (?)
                on conflict (only_one) do update set master_key_id = excluded.master_key_id
                """)) {
            statement.setString(1, id);
            statement.execute();
        }
    }
}
