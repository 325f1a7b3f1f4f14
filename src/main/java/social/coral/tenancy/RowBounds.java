package social.coral.tenancy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import social.coral.api.Failure;

/**
 * Enforces how many rows of each table a tenant may have, as its migration declares, and how many of them by its plan. The door checks
 * every statement that adds or changes rows here, so that pages, routes, agents and files all keep the same bounds.
 */
final class RowBounds {

    private record Key(Tenant tenant, String table) {}

    private record Room(long left, long countedAt) {

        Room less(int rows) {
            return new Room(left - rows, countedAt);
        }

        boolean isFar() {
            return left > FAR && System.nanoTime() - countedAt < MOMENT.toNanos();
        }
    }

    // Counting a large table takes long, so the room left is cached for a moment, as long as it is far more than other processes
    // could fill in that time.
    private static final int LARGE = 100_000;
    private static final int FAR = 20_000;
    private static final Duration MOMENT = Duration.ofSeconds(5);
    private static final long LOOKED_AT_EVERY = 100;

    private record Held(@Nullable Integer most, long rows) {}

    private final DeclaredTables tables;
    private final Cache<Key, Room> rooms = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(MOMENT).build();
    private final Cache<Key, Long> addedSinceLooked = Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofHours(1)).build();

    RowBounds(DeclaredTables tables) {
        this.tables = tables;
    }

    /** Runs an insert of up to so many rows, and rolls it back with a 409 {@code limit} if it exceeds the table's bound. */
    <T extends Object> T keep(TenantDoor door, String table, int rows, Supplier<T> insert) {
        TableDeclaration declared = tables.get(table);
        Key key = new Key(Tenant.current(), table);
        return switch (declared.beyond()) {
            case KEPT_ELSEWHERE -> insert.get();
            case OLDEST_GO -> door.transaction(() -> {
                T result = insert.get();
                dropOldest(door, key, rows);
                return result;
            });
            case REFUSED -> isFar(key, rows) ? insert.get() : door.transaction(() -> counted(door, declared, key, insert));
        };
    }

    /** Runs an update, and rolls it back with a 403 {@code plan_limit} if more rows count after it than the tenant's plan allows. */
    <T extends Object> T keepWithinPlan(TenantDoor door, String table, String sql, Supplier<T> update) {
        TableDeclaration.PlanLimit limit = tables.find(table).map(TableDeclaration::planLimit).orElse(null);
        return limit == null || !sql.contains(limit.counted() + " = ") ? update.get() : door.transaction(() -> {
            door.lockTenant();
            return withinPlan(door, table, limit, update);
        });
    }

    /** Under the tenant's lock, which a change of its plan takes, too. What is over from before does not grow, and may become less. */
    private static <T extends Object> T withinPlan(TenantDoor door, String table, TableDeclaration.@Nullable PlanLimit limit, Supplier<T> write) {
        if (limit == null) {
            return write.get();
        }
        Held before = held(door, table, limit);
        T result = write.get();
        Integer most = before.most();
        if (most != null && held(door, table, limit).rows() > Math.max(most, before.rows())) {
            throw Failure.of(HttpStatus.FORBIDDEN, "plan_limit", "Your plan limits " + limit.words() + " to " + most + ". " + limit.advice()
                    + ", or ask your administrator for a larger plan.").with("limit", limit.name()).with("most", most).with("link", "/settings/usage");
        }
        return result;
    }

    private static Held held(TenantDoor door, String table, TableDeclaration.PlanLimit limit) {
        return door.sql("select (select " + limit.name() + " from auth.plan_limits()) as most, (select count(*) from public." + table
                        + " where user_id = :tenant and " + limit.counted() + ") as held")
                .one(row -> new Held(row.getObject("most", Integer.class), row.getLong("held")));
    }

    /** Reports whether the cached room is more than enough, and subtracts what is about to be added. */
    private boolean isFar(Key key, int rows) {
        Room room = rooms.asMap().computeIfPresent(key, (unused, counted) -> counted.less(rows));
        return room != null && room.isFar();
    }

    /** Locks first, so that two inserts at once neither exceed the bound together nor deadlock. */
    private <T extends Object> T counted(TenantDoor door, TableDeclaration table, Key key, Supplier<T> insert) {
        door.lockTenant();
        T result = withinPlan(door, table.name(), table.planLimit(), insert);
        long held = door.sql("select count(*) from (select 1 from public." + table.name() + " where user_id = :tenant limit :most) as counted")
                .param("most", table.most() + 1)
                .one(row -> row.getLong(1));
        if (held > table.most()) {
            throw Failure.conflict("limit", "You have " + table.most() + " " + table.many() + ", the most allowed. Remove some first.");
        }
        if (table.most() > LARGE) {
            rooms.put(key, new Room(table.most() - held, System.nanoTime()));
        }
        return result;
    }

    /** Removes the oldest rows, not at each insert, because a few more than the bound do no harm. */
    private void dropOldest(TenantDoor door, Key key, int rows) {
        @Nullable Long added = addedSinceLooked.asMap().compute(key, (unused, before) -> before == null ? LOOKED_AT_EVERY : before + rows);
        if (added >= LOOKED_AT_EVERY) {
            addedSinceLooked.put(key, 0L);
            door.sql("select jobs.drop_oldest(:table)").param("table", key.table()).one(row -> row.getLong(1));
        }
    }
}
