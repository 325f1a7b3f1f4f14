package social.coral.tenancy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import social.coral.installation.DatabaseServer;

/**
 * What PostgreSQL lets every login do, and none of ours needs: to end other sessions, to hold locks that nobody knows, to
 * leave large objects or temporary tables behind, to see what other sessions run. All tenants share one login, so these would
 * be ways from one to another for a statement that an attacker has shaped.
 */
final class ClosedFunctions {

    private static final String OPEN = """
            select p.oid::regprocedure::text from pg_proc p
            where p.pronamespace = 'pg_catalog'::regnamespace and has_function_privilege('coral_tenant', p.oid, 'execute') and (
              p.proname in ('pg_terminate_backend', 'pg_cancel_backend', 'pg_notify', 'pg_sleep', 'pg_sleep_for', 'pg_sleep_until',
                'pg_stat_get_activity', 'pg_stat_get_backend_activity', 'pg_lock_status', 'pg_logical_emit_message', 'query_to_xml',
                'table_to_xml', 'schema_to_xml', 'database_to_xml', 'cursor_to_xml')
              or p.proname like 'lo\\_%' or p.proname in ('loread', 'lowrite')
              or p.proname like 'pg\\_advisory\\_%' or p.proname like 'pg\\_try\\_advisory\\_%')
            order by 1
            """;

    private ClosedFunctions() {}

    /** Closes them as far as may be: temporary tables always, the server's own functions where a superuser can be had. */
    static void close(DatabaseServer server, Statement owner) throws SQLException {
        owner.execute("""
                do $$ begin
                  execute format('revoke temporary on database %I from public', current_database());
                end $$
                """);
        if (isSuperuser(owner)) {
            close(open(owner), owner, server);
        } else {
            try (Connection administrator = server.connectAsAdministrator().orElse(null)) {
                if (administrator != null) {
                    close(open(owner), administrator.createStatement(), server);
                }
            }
        }
    }

    /** The owner keeps what it locks with while it migrates. */
    private static void close(List<String> functions, Statement administrator, DatabaseServer server) throws SQLException {
        String owner = server.owner().getProperty("user").replace("\"", "\"\"");
        for (String function : functions) {
            administrator.execute("revoke execute on function pg_catalog." + function + " from public");
            administrator.execute("grant execute on function pg_catalog." + function + " to \"" + owner + "\"");
        }
    }

    /** The functions that are still open to requests. */
    static List<String> open(Statement owner) throws SQLException {
        List<String> open = new ArrayList<>();
        try (ResultSet rows = owner.executeQuery(OPEN)) {
            while (rows.next()) {
                open.add(rows.getString(1));
            }
        }
        return open;
    }

    private static boolean isSuperuser(Statement owner) throws SQLException {
        try (ResultSet row = owner.executeQuery("select rolsuper from pg_roles where rolname = current_user")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
