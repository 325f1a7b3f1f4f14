package social.coral.backup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import social.coral.installation.StartFault;
import social.coral.tenancy.Schema;

/**
 * Fills the tables from a backup and counts them, within its connection's transaction. Policies would not let the owner fill a whole
 * table, so they do not apply to the owner until the end of that transaction, before which nobody sees it.
 */
final class Load {

    private final Connection owner;
    private final BackupFile backup;
    private final Consumer<String> tell;

    Load(Connection owner, BackupFile backup, Consumer<String> tell) {
        this.owner = owner;
        this.backup = backup;
        this.tell = tell;
    }

    void run() throws SQLException, IOException {
        Manifest manifest = backup.header();
        try (Statement statement = owner.createStatement()) {
            statement.execute("set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local lock_timeout = '20s'");
            Schema.makeAuditMonths(statement, manifest.auditMonths());
            List<SavedTable> tables = inOrder(known(manifest));
            for (SavedTable table : tables) {
                bind(statement, table, false);
            }
            // Rows that a start created before there were people.
            for (SavedTable table : tables.reversed()) {
                statement.execute("delete from " + table.sql());
            }
            long all = 0;
            for (SavedTable table : tables) {
                all += fill(table);
            }
            for (SavedTable table : tables) {
                count(statement, table);
                bind(statement, table, true);
            }
            tell.accept("Restored and counted by tenant and table: " + all + " rows in " + tables.size() + " tables");
        }
    }

    /** Returns the backup's tables with the policies they have here; a table that no migration creates is left out. */
    private List<SavedTable> known(Manifest manifest) throws SQLException {
        Map<String, SavedTable> there = new HashMap<>();
        SavedTable.all(owner).forEach(table -> there.put(table.id(), table));
        List<SavedTable> known = new ArrayList<>();
        for (SavedTable saved : manifest.tables()) {
            SavedTable here = there.get(saved.id());
            if (here == null) {
                tell.accept("Left out: " + saved.id() + ", a table that Coral Social does not make");
            } else {
                known.add(new SavedTable(saved.schema(), saved.name(), saved.columns(), saved.ofTenants(), here.bound()));
            }
        }
        return known;
    }

    /** Sorts tables so that each comes before those that refer to it. */
    private List<SavedTable> inOrder(List<SavedTable> tables) throws SQLException {
        Map<String, Set<String>> needs = new HashMap<>();
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select cn.nspname || '.' || c.relname, pn.nspname || '.' || p.relname from pg_constraint k
                        join pg_class c on c.oid = k.conrelid join pg_namespace cn on cn.oid = c.relnamespace
                        join pg_class p on p.oid = k.confrelid join pg_namespace pn on pn.oid = p.relnamespace
                        where k.contype = 'f' and c.oid <> p.oid
                        """)) {
            while (rows.next()) {
                needs.computeIfAbsent(rows.getString(1), unused -> new HashSet<>()).add(rows.getString(2));
            }
        }
        Set<SavedTable> ordered = new LinkedHashSet<>();
        while (ordered.size() < tables.size()) {
            Set<String> placed = new HashSet<>(ordered.stream().map(SavedTable::id).toList());
            List<SavedTable> next = tables.stream()
                    .filter(table -> !ordered.contains(table) && placed.containsAll(needs.getOrDefault(table.id(), Set.of())))
                    .toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("tables refer to each other in a circle");
            }
            ordered.addAll(next);
        }
        return List.copyOf(ordered);
    }

    private static void bind(Statement statement, SavedTable table, boolean bound) throws SQLException {
        if (table.bound()) {
            statement.execute("alter table " + table.sql() + (bound ? " force" : " no force") + " row level security");
        }
    }

    private long fill(SavedTable table) throws SQLException, IOException {
        try (InputStream rows = backup.entry(table.rows())) {
            return owner.unwrap(PGConnection.class).getCopyAPI()
                    .copyIn("copy " + table.sql() + " (" + table.columnList() + ") from stdin", rows);
        }
    }

    /** Refuses a table whose row counts differ from the backup's. */
    private void count(Statement statement, SavedTable table) throws SQLException, IOException {
        Map<String, Long> counted = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(RowCounts.of(table))) {
            while (rows.next()) {
                if (rows.getLong(2) > 0) {
                    counted.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        try (BufferedReader expected = new BufferedReader(new InputStreamReader(backup.entry(table.counts()), StandardCharsets.US_ASCII))) {
            for (String line = expected.readLine(); line != null; line = expected.readLine()) {
                int tab = line.indexOf('\t');
                Long there = counted.remove(line.substring(0, tab));
                if (there == null || there != Long.parseLong(line.substring(tab + 1))) {
                    throw new StartFault("The table " + table.id() + " has " + there + " rows of tenant " + line.substring(0, tab) + ", and the backup counted "
                            + line.substring(tab + 1) + ".");
                }
            }
        }
        if (!counted.isEmpty()) {
            throw new StartFault("The table " + table.id() + " has rows that the backup did not count.");
        }
    }
}
