package social.coral.portability;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.portability.TenantTable.Column;
import social.coral.tenancy.DeclaredTables;
import social.coral.tenancy.TableDeclaration;
import social.coral.tenancy.TenantDoor;

/** Lists the tables that a tenant can read, from the catalogue, each before those that refer to it, without the columns that PostgreSQL computes. */
@Component
class TenantTables {

    private record Row(String table, boolean isOwn, Column column) {}

    private static final String KEPT_HERE = "belongs to the installation that it comes from, as plans, settings and records do";

    private final TenantDoor door;
    private final DeclaredTables declared;

    TenantTables(TenantDoor door, DeclaredTables declared) {
        this.door = door;
        this.declared = declared;
    }

    List<TenantTable> all() {
        Map<String, List<Row>> byTable = new LinkedHashMap<>();
        for (Row row : door.sql("""
                        with recursive refers(child, parent) as (
                          select distinct conrelid, confrelid from pg_catalog.pg_constraint where contype = 'f' and conrelid <> confrelid
                        ), depths(relation, depth) as (
                          select oid, 0 from pg_catalog.pg_class where relnamespace = 'public'::regnamespace
                          union select r.child, d.depth + 1 from depths d join refers r on r.parent = d.relation where d.depth < 20
                        )
                        select quote_ident(c.relname) as table_name,
                          has_any_column_privilege(c.oid, 'insert') and has_table_privilege(c.oid, 'delete') as is_own,
                          quote_ident(a.attname) as name, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable,
                          a.attnotnull and not a.atthasdef as needed, has_column_privilege(c.oid, a.attnum, 'insert') as is_given, col_description(c.oid, a.attnum) as comment
                        from pg_catalog.pg_class c
                        join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                          and has_column_privilege(c.oid, a.attnum, 'select')
                        order by (select max(depth) from depths d where d.relation = c.oid), c.relname, a.attnum
                        """)
                .list(TenantTables::read)) {
            byTable.computeIfAbsent(row.table(), name -> new ArrayList<>()).add(row);
        }
        return byTable.values().stream().map(this::table).toList();
    }

    private TenantTable table(List<Row> rows) {
        Row first = rows.getFirst();
        @Nullable TableDeclaration declaration = declared.find(first.table()).orElse(null);
        String keptHere = !first.isOwn() ? KEPT_HERE : declaration == null ? null : declaration.notImported();
        return new TenantTable(first.table(), declaration, keptHere, rows.stream().map(Row::column).toList());
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(row.getString("table_name"), row.getBoolean("is_own"), new Column(
                row.getString("name"), row.getString("type"), row.getBoolean("nullable"), row.getBoolean("needed"), row.getBoolean("is_given"), row.getString("comment")));
    }
}
