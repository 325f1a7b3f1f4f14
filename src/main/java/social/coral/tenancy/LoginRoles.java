package social.coral.tenancy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import org.postgresql.util.PasswordUtil;
import social.coral.installation.StartFault;

/**
 * Creates the login roles and sets their passwords. Roles belong to a whole server, so each carries a comment that names the
 * database it serves: a second installation on the same server would overwrite the first one's passwords.
 */
final class LoginRoles {

    private static final String MARK = "Coral Social in database ";
    private static final String NOT_ALLOWED = "42501";

    private LoginRoles() {}

    static void bringUpToDate(Statement statement, Function<LoginRole, String> passwords) throws SQLException {
        refuseForeign(statement);
        for (LoginRole role : LoginRole.values()) {
            bringUpToDate(statement, role, passwords.apply(role));
        }
    }

    private static void refuseForeign(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("""
                select rolname, rolsuper or rolbypassrls as unbounded,
                  (select datname from pg_database
                   where datname <> current_database() and shobj_description(r.oid, 'pg_authid') = '%s' || datname) as served
                from pg_roles r where rolname in (%s)
                """.formatted(MARK, LoginRole.quotedNames()))) {
            while (rows.next()) {
                String role = rows.getString("rolname");
                if (rows.getBoolean("unbounded")) {
                    throw new StartFault("The role " + role + " could read every tenant's data. Run ./coral doctor --isolation --mend, or run as an administrator: alter role "
                            + role + " nosuperuser nobypassrls.");
                }
                if (rows.getString("served") != null) {
                    throw new StartFault("The role " + role + " of this server serves Coral Social in the database \"" + rows.getString("served")
                            + "\", and a server can hold only one Coral Social. Set DATABASE_URL to that database, or to another server.");
                }
            }
        }
    }

    private static void bringUpToDate(Statement statement, LoginRole role, String password) throws SQLException {
        // Sent as its verifier, so that a server that logs statements does not log the password.
        String verifier = PasswordUtil.encodePassword(role.roleName, password.toCharArray(), "scram-sha-256");
        try {
            statement.execute("""
                    do $$ begin
                      if not exists (select from pg_roles where rolname = '%1$s') then
                        create role %1$s;
                      end if;
                      alter role %1$s login inherit password '%2$s';
                      execute format('comment on role %1$s is %%L', '%3$s' || current_database());
                    end $$
                    """.formatted(role.roleName, verifier, MARK));
        } catch (SQLException e) {
            if (NOT_ALLOWED.equals(e.getSQLState())) {
                throw new StartFault("The user of DATABASE_URL may not change the role " + role.roleName
                        + ", which another user created. Start Coral Social as that user, or drop the role as an administrator.", e);
            }
            throw e;
        }
    }
}
