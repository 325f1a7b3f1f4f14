package social.coral.knowledge;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** Reads the current tenant's pieces of texts. */
@Component
class ItemRows {

    private static final UUID FIRST = new UUID(0, 0);
    private static final String ITEMS = """
            select id, change, kind, source_id, content, lang, author, written_at, piece = 0 and not exists (
              select 1 from public.knowledge_items as next
              where next.user_id = :tenant and next.kind = item.kind and next.source_id = item.source_id and next.piece = 1) as whole
            from public.knowledge_items as item where user_id = :tenant
            """;

    private final TenantDoor door;

    ItemRows(TenantDoor door) {
        this.door = door;
    }

    /** @param whole whether it is all of its source's text */
    record Item(UUID id, long change, String kind, UUID source, String text, @Nullable String language, @Nullable String author, Instant writtenAt,
            boolean whole) {}

    /** How many rows there are and the last of their changes, as they were at one moment. */
    record Extent(long count, long lastChange) {}

    /** The pieces that came after a change, in the order of their changes. */
    List<Item> after(long change, int limit) {
        return door.sql(ITEMS + " and change > :change order by change limit :limit")
                .param("change", change)
                .param("limit", limit)
                .list(ItemRows::read);
    }

    List<Item> of(Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : door.sql(ITEMS + " and id in (:ids)")
                .param("ids", List.copyOf(ids))
                .list(ItemRows::read);
    }

    /** Counts the texts of these kinds, up to 10,000. */
    int count(List<String> kinds) {
        return door.sql("""
                select count(*) from (select 1 from public.knowledge_items
                  where user_id = :tenant and kind = any(:kinds) and piece = 0 limit 10000) as counted
                """)
                .param("kinds", kinds.toArray(String[]::new))
                .one(row -> row.getInt(1));
    }

    boolean isAnyAfter(long change) {
        return door.sql("select 1 from public.knowledge_items where user_id = :tenant and change > :change limit 1").param("change", change)
                .first(row -> true).isPresent();
    }

    Extent extent() {
        return door.sql("select count(*) as count, coalesce(max(change), 0) as last from public.knowledge_items where user_id = :tenant")
                .one(row -> new Extent(row.getLong("count"), row.getLong("last")));
    }

    /** About how many bytes of text came after a change, by the average of the first thousand pieces. */
    long bytesAfter(long change) {
        return door.sql("""
                select count(*) * (
                  select coalesce(avg(octet_length(content)), 0) from (
                    select content from public.knowledge_items where user_id = :tenant and change > :change order by change limit 1000) as first) as bytes
                from public.knowledge_items where user_id = :tenant and change > :change
                """)
                .param("change", change)
                .one(row -> row.getBigDecimal("bytes").longValue());
    }

    /** The ids in their order, those after {@code after} only. */
    List<UUID> ids(@Nullable UUID after, int limit) {
        return door.sql("select id from public.knowledge_items where user_id = :tenant and id > :after order by id limit :limit")
                .param("after", after == null ? FIRST : after)
                .param("limit", limit)
                .list(Columns::id);
    }

    private static Item read(ResultSet row) throws SQLException {
        return new Item(Columns.id(row), row.getLong("change"), row.getString("kind"), row.getObject("source_id", UUID.class), row.getString("content"),
                row.getString("lang"), row.getString("author"), Columns.instant(row, "written_at"), row.getBoolean("whole"));
    }
}
