package social.coral.portability;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import social.coral.api.Page;
import social.coral.tenancy.DeclaredTables;
import social.coral.tenancy.TableDeclaration;
import social.coral.tenancy.TenantDoor;

/** Counts what the current tenant has, table by table. */
@Component
public class Holdings {

    /** @param count how many rows there are, counted up to {@link Page#MAX_COUNTED} */
    public record Holding(TableDeclaration table, long count) {}

    private final TenantDoor door;
    private final DeclaredTables tables;
    private final String counting;

    Holdings(TenantDoor door, DeclaredTables tables) {
        this.door = door;
        this.tables = tables;
        this.counting = tables.all().stream().filter(table -> table.isList() && table.isExported())
                .map(table -> "select '" + table.name() + "' as name, count(*) from (select 1 from public." + table.name()
                        + " where user_id = :tenant limit " + Page.MAX_COUNTED + ") as counted")
                .collect(Collectors.joining(" union all "));
    }

    /** Returns the tables with at least one row. */
    public List<Holding> all() {
        return door.sql(counting).list(row -> new Holding(tables.get(row.getString("name")), row.getLong("count"))).stream()
                .filter(holding -> holding.count() > 0).toList();
    }
}
