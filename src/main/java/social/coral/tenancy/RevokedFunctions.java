package social.coral.tenancy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import social.coral.installation.DatabaseServer;

/**
 * Revokes what PostgreSQL lets every login do and ours never need: ending other sessions, taking advisory locks, leaving large
 * objects or temporary tables behind, seeing what other sessions run. All tenants share one login, so an injected statement could
 * use these to reach another tenant.
 */
final class RevokedFunctions {

    private static final String REACHING = """
            from pg_proc p
            where p.pronamespace = 'pg_catalog'::regnamespace and (
              p.proname in ('pg_terminate_backend', 'pg_cancel_backend', 'pg_notify', 'pg_sleep', 'pg_sleep_for', 'pg_sleep_until',
                'pg_stat_get_activity', 'pg_stat_get_backend_activity', 'pg_lock_status', 'pg_logical_emit_message', 'query_to_xml',
                'table_to_xml', 'schema_to_xml', 'database_to_xml', 'cursor_to_xml')
              or p.proname like 'lo\\_%' or p.proname in ('loread', 'lowrite')
              or p.proname like 'pg\\_advisory\\_%' or p.proname like 'pg\\_try\\_advisory\\_%')
            """;
    private static final String OPEN = "select p.oid::regprocedure::text " + REACHING
            + " and has_function_privilege('coral_tenant', p.oid, 'execute') order by 1";
    // The owner keeps the lock function that migrations need, whoever revoked it.
    private static final String CLOSE = """
            do $$ declare
              owner name := pg_get_userbyid((select nspowner from pg_namespace where nspname = 'tenancy'));
              reaching regprocedure;
            begin
              for reaching in select p.oid %s
                and (has_function_privilege('coral_tenant', p.oid, 'execute') or not has_function_privilege(owner, p.oid, 'execute'))
              loop
                execute format('revoke execute on function %%s from public', reaching);
                execute format('grant execute on function %%s to %%I', reaching, owner);
              end loop;
            end $$
            """.formatted(REACHING);

    private RevokedFunctions() {}

    /** Revokes them as far as possible: temporary tables always, the server's functions where a superuser is available. */
    static void close(DatabaseServer server) throws SQLException {
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("""
                    do $$ begin
                      execute format('revoke temporary on database %I from public', current_database());
                    end $$
                    """);
        }
        try (Connection administrator = server.connectAsAdministrator().orElseGet(server::connectAsOwner);
                Statement statement = administrator.createStatement()) {
            if (isSuperuser(statement)) {
                statement.execute(CLOSE);
            }
        }
    }

    /** Returns the functions that requests can still call. */
    static List<String> open(Statement owner) throws SQLException {
        List<String> open = new ArrayList<>();
        try (ResultSet rows = owner.executeQuery(OPEN)) {
            while (rows.next()) {
                open.add(rows.getString(1));
            }
        }
        return open;
    }

    private static boolean isSuperuser(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select rolsuper from pg_roles where rolname = current_user")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
