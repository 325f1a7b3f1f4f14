package social.coral.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import social.coral.installation.StartFault;

/**
 * A table of the installation, from the catalogue.
 *
 * @param columns in the table's order, without generated ones
 * @param ofTenants whether each row names its tenant
 * @param bound whether the policies apply to its owner too, who then sees one tenant's rows at a time
 */
record SavedTable(String schema, String name, List<String> columns, boolean ofTenants, boolean bound) {

    // Flyway's own table is written by the migrations that a restore runs.
    private static final String ALL = """
            select n.nspname, c.relname, c.relrowsecurity and c.relforcerowsecurity as bound, pg_has_role(c.relowner, 'usage') as ours,
              exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'user_id' and a.atttypid = 'uuid'::regtype) as of_tenants,
              array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                order by a.attnum) as columns
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('public', 'auth', 'jobs', 'usage', 'audit', 'tenancy') and c.relkind in ('r', 'p') and not c.relispartition
              and c.oid <> 'tenancy.schema_history'::regclass
            order by 1, 2
            """;

    static List<SavedTable> all(Connection owner) throws SQLException {
        List<SavedTable> tables = new ArrayList<>();
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(ALL)) {
            while (rows.next()) {
                SavedTable table = new SavedTable(rows.getString("nspname"), rows.getString("relname"),
                        Arrays.asList((String[]) rows.getArray("columns").getArray()), rows.getBoolean("of_tenants"), rows.getBoolean("bound"));
                if (!rows.getBoolean("ours")) {
                    throw new StartFault("The table " + table.id() + " belongs to another user, as in a Supabase project. Make the backup with"
                            + " that platform's own tools.");
                }
                tables.add(table);
            }
        }
        return tables;
    }

    /** Returns its name with the schema, as in messages and files. */
    String id() {
        return schema + "." + name;
    }

    /** Returns its name quoted for SQL. */
    String sql() {
        return quoted(schema) + "." + quoted(name);
    }

    String columnList() {
        return String.join(", ", columns.stream().map(SavedTable::quoted).toList());
    }

    /** Returns the entry of a backup with its rows. */
    String rows() {
        return "rows/" + id();
    }

    /** Returns the entry of a backup with its row counts by tenant. */
    String counts() {
        return "counts/" + id();
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
