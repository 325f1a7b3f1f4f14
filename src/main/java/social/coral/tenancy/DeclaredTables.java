package social.coral.tenancy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import social.coral.installation.DatabaseServer;
import social.coral.installation.StartFault;

/**
 * The tenant tables as their migrations declare them, read once at the start. What people call a table, how many rows it may
 * have, how long they are kept and whether they leave in an export is asked here and written nowhere else.
 */
public final class DeclaredTables {

    private final Map<String, TableDeclaration> byName;

    private DeclaredTables(Map<String, TableDeclaration> byName) {
        this.byName = byName;
    }

    static DeclaredTables of(DatabaseServer server) {
        try (Connection owner = server.connectAsOwner()) {
            return of(owner);
        } catch (SQLException e) {
            throw new StartFault("The database does not declare what its tables hold. ./coral run upgrades it to this version.", e);
        }
    }

    static DeclaredTables of(Connection owner) throws SQLException {
        Map<String, TableDeclaration> byName = new LinkedHashMap<>();
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select relation, one, many, most, upper(replace(beyond, ' ', '_')) as beyond, thing,
                          extract(epoch from kept)::bigint as kept_seconds, not_exported, not_imported, note,
                          plan_limit, plan_counted, plan_words, plan_advice, plan_age is not null as retained_by_plan
                        from tenancy.tables order by thing is null, relation
                        """)) {
            while (rows.next()) {
                byName.put(rows.getString("relation"), read(rows));
            }
        }
        return new DeclaredTables(byName);
    }

    private static TableDeclaration read(ResultSet row) throws SQLException {
        @Nullable Long kept = row.getObject("kept_seconds", Long.class);
        return new TableDeclaration(
                row.getString("relation"), row.getString("one"), row.getString("many"), row.getLong("most"),
                TableDeclaration.Beyond.valueOf(row.getString("beyond")), row.getString("thing"),
                kept == null ? null : Duration.ofSeconds(kept),
                row.getString("not_exported"), row.getString("not_imported"), row.getString("note"),
                row.getString("plan_limit") == null ? null : new TableDeclaration.PlanLimit(
                        row.getString("plan_limit"), row.getString("plan_counted"), row.getString("plan_words"), row.getString("plan_advice")),
                row.getBoolean("retained_by_plan"));
    }

    DeclaredTables with(Collection<BoundSetting> settings) {
        Map<String, TableDeclaration> set = new LinkedHashMap<>(byName);
        settings.forEach(setting -> set.computeIfPresent(setting.table(), (name, table) -> setting.most() == null ? table : table.bounded(setting.most())));
        return new DeclaredTables(set);
    }

    /** Returns all of them, those with a word in the audit first. */
    public List<TableDeclaration> all() {
        return List.copyOf(byName.values());
    }

    /** Returns a table that the program knows. */
    public TableDeclaration get(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("no migration declares the table " + name));
    }

    /** Finds a table by a name that a newer process or an archive may have brought. */
    public Optional<TableDeclaration> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
