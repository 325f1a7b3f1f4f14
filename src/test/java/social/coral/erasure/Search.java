package social.coral.erasure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import social.coral.installation.DatabaseServer;

/**
 * Looks for a text in every row of every table of every schema: as a superuser whom no policy binds, or, where there is none, as
 * the owner in the name of the person whose rows they would be.
 */
final class Search {

    private Search() {}

    static List<String> tablesThatHold(DatabaseServer server, UUID person, String text) throws SQLException {
        try (Connection all = server.connectAsAdministrator().orElseGet(server::connectAsOwner);
                Statement statement = all.createStatement()) {
            statement.execute("select set_config('request.jwt.claims', '{\"sub\":\"" + person + "\"}', false)");
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("""
                    select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                    """)) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            List<String> holders = new ArrayList<>();
            for (String table : tables) {
                try (ResultSet row = statement.executeQuery("select count(*) from " + table + " t where t::text ilike '%" + text + "%'")) {
                    row.next();
                    if (row.getLong(1) > 0) {
                        holders.add(table);
                    }
                }
            }
            return holders;
        }
    }
}
