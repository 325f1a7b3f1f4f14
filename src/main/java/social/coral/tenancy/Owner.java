package social.coral.tenancy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The role that creates the schema. A superuser in DATABASE_URL acts as the owner of the schema or database, so that a start with a
 * superuser's login leaves nothing behind that the owner cannot use.
 */
final class Owner {

    private Owner() {}

    /** Switches a superuser's connection to the owner, if that is another role. */
    static void act(Statement statement) throws SQLException {
        Optional<String> other = setRole(statement);
        if (other.isPresent()) {
            statement.execute(other.get());
        }
    }

    /** Returns the statement that switches the role; empty if none is needed. */
    static Optional<String> setRole(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("""
                select 'set role ' || quote_ident(o.rolname) from pg_roles o, pg_roles me, pg_database d
                where me.rolname = session_user and me.rolsuper and d.datname = current_database()
                  and o.oid = coalesce((select nspowner from pg_namespace where nspname = 'tenancy'), d.datdba)
                  and o.rolname <> session_user and (o.rolcreaterole or o.rolsuper)
                """)) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }
}
