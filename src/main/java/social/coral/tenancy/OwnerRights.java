package social.coral.tenancy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import social.coral.installation.StartFault;

/** Checks that the user of DATABASE_URL has the rights that the migrations need, before anything is changed. */
final class OwnerRights {

    private static final int LEAST_VERSION = 15;

    private OwnerRights() {}

    static void check(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("""
                select current_setting('server_version_num')::int / 10000 as version,
                  current_setting('server_version') as full_version,
                  pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as read_only,
                  rolsuper or rolcreaterole as may_create_roles,
                  has_database_privilege(current_database(), 'create') and has_schema_privilege('public', 'create') as may_create_tables,
                  quote_ident(rolname) as owner,
                  quote_ident(current_database()) as database
                from pg_roles where rolname = current_user
                """)) {
            row.next();
            if (row.getInt("version") < LEAST_VERSION) {
                throw new StartFault("The database is PostgreSQL " + row.getString("full_version") + ", and Coral Social needs at least " + LEAST_VERSION
                        + ". Upgrade it, or leave DATABASE_URL out to use the embedded database.");
            }
            if (row.getBoolean("read_only")) {
                throw new StartFault("The database of DATABASE_URL is read-only. Set DATABASE_URL to the primary server.");
            }
            String owner = row.getString("owner");
            if (!row.getBoolean("may_create_roles")) {
                throw new StartFault("The user " + owner + " of DATABASE_URL may not create roles. Run as an administrator: alter role " + owner + " createrole.");
            }
            if (!row.getBoolean("may_create_tables")) {
                String database = row.getString("database");
                throw new StartFault("The user " + owner + " of DATABASE_URL may not create tables in " + database
                        + ". Run as an administrator: alter database " + database + " owner to " + owner + ".");
            }
        }
    }

    /** Refuses if the lock function that Flyway needs was revoked. */
    static void refuseWithoutLock(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("""
                select quote_ident(current_user) as owner, quote_ident(current_database()) as database
                where not has_function_privilege('pg_try_advisory_xact_lock(bigint)', 'execute')
                """)) {
            if (row.next()) {
                throw new StartFault("The user " + row.getString("owner") + " of DATABASE_URL may not lock the database for an upgrade. Run as an"
                        + " administrator, in " + row.getString("database") + ": grant execute on function pg_try_advisory_xact_lock(bigint) to "
                        + row.getString("owner") + ".");
            }
        }
    }
}
