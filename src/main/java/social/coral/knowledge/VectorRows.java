package social.coral.knowledge;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.knowledge.ItemRows.Extent;
import social.coral.knowledge.ItemRows.Item;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** The vectors of the current tenant's pieces, each number of which takes two bytes (IEEE 754 binary16), the higher first. */
@Component
class VectorRows {

    private static final UUID FIRST = new UUID(0, 0);
    private static final String POINTS = """
            select v.item_id, v.change, v.vector, i.kind, i.author, i.written_at from public.knowledge_vectors v
            join public.knowledge_items i on i.user_id = :tenant and i.id = v.item_id
            where v.user_id = :tenant and v.generation = :generation
            """;

    private final TenantDoor door;

    VectorRows(TenantDoor door) {
        this.door = door;
    }

    record Row(long change, TenantVectors.Point point) {}

    /**
     * Adds vectors to those pieces that are still there, but for vectors of no numbers, and notes that the generation has come as far as the last of them, and waits for
     * nothing.
     *
     * @return whether the generation is still there
     */
    boolean add(Generation generation, List<Item> items, List<float[]> vectors) {
        Map<UUID, byte[]> bytes = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            if (vectors.get(i).length > 0) {
                bytes.put(items.get(i).id(), bytes(vectors.get(i)));
            }
        }
        return door.transaction(() -> {
            boolean isThere = door.sql("""
                    update public.knowledge_generations set embedded_to = greatest(embedded_to, :change), waits_until = null, wait_code = null, wait_detail = null
                    where user_id = :tenant and generation = :generation
                    """)
                    .param("change", items.getLast().change())
                    .param("generation", generation.number())
                    .update() > 0;
            Set<UUID> there = bytes.isEmpty() ? Set.of() : new HashSet<>(door.sql("select id from public.knowledge_items where user_id = :tenant and id in (:ids)")
                    .param("ids", List.copyOf(bytes.keySet()))
                    .list(Columns::id));
            bytes.keySet().retainAll(there);
            if (isThere && !bytes.isEmpty()) {
                insert(generation.number(), bytes);
            }
            return isThere;
        });
    }

    private void insert(int generation, Map<UUID, byte[]> bytes) {
        long[] change = {Changes.take(door, bytes.size())};
        List<Object[]> rows = new ArrayList<>();
        bytes.forEach((item, vector) -> rows.add(new Object[] {generation, item, change[0]++, vector}));
        door.sql("insert into public.knowledge_vectors (generation, item_id, change, vector) values :rows on conflict do nothing")
                .rows("rows", rows)
                .update();
    }

    /** The points that came after a change, in the order of their changes. */
    List<Row> after(int generation, long change, int limit) {
        return door.sql(POINTS + " and v.change > :change order by v.change limit :limit")
                .param("generation", generation)
                .param("change", change)
                .param("limit", limit)
                .list(row -> read(row, generation));
    }

    List<Row> of(int generation, Collection<UUID> items) {
        return items.isEmpty() ? List.of() : door.sql(POINTS + " and v.item_id in (:items)")
                .param("generation", generation)
                .param("items", List.copyOf(items))
                .list(row -> read(row, generation));
    }

    /** The vectors of the first pieces of texts, by the texts' ids. */
    Map<UUID, float[]> ofBeginnings(int generation, String kind, Collection<UUID> sources) {
        return door.sql("""
                select i.source_id, v.vector from public.knowledge_items i
                join public.knowledge_vectors v on v.user_id = :tenant and v.generation = :generation and v.item_id = i.id
                where i.user_id = :tenant and i.kind = :kind and i.source_id in (:sources) and i.piece = 0
                """)
                .param("generation", generation)
                .param("kind", kind)
                .param("sources", List.copyOf(sources))
                .list(row -> Map.entry(Columns.id(row, "source_id"), vector(row.getBytes("vector")))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    boolean isAnyAfter(int generation, long change) {
        return door.sql("select 1 from public.knowledge_vectors where user_id = :tenant and generation = :generation and change > :change limit 1")
                .param("generation", generation)
                .param("change", change)
                .first(row -> true)
                .isPresent();
    }

    Extent extent(int generation) {
        return door.sql("""
                select count(*) as count, coalesce(max(change), 0) as last from public.knowledge_vectors
                where user_id = :tenant and generation = :generation
                """)
                .param("generation", generation)
                .one(row -> new Extent(row.getLong("count"), row.getLong("last")));
    }

    /** The items in the order of their ids, those after {@code after} only. */
    List<UUID> items(int generation, @Nullable UUID after, int limit) {
        return door.sql("""
                select item_id as id from public.knowledge_vectors
                where user_id = :tenant and generation = :generation and item_id > :after order by item_id limit :limit
                """)
                .param("generation", generation)
                .param("after", after == null ? FIRST : after)
                .param("limit", limit)
                .list(Columns::id);
    }

    private static Row read(ResultSet row, int generation) throws SQLException {
        return new Row(row.getLong("change"), new TenantVectors.Point(row.getObject("item_id", UUID.class), generation, vector(row.getBytes("vector")),
                row.getString("kind"), row.getString("author"), Columns.instant(row, "written_at")));
    }

    static byte[] bytes(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Short.BYTES);
        for (float number : vector) {
            bytes.putShort(Float.floatToFloat16(number));
        }
        return bytes.array();
    }

    static float[] vector(byte[] bytes) {
        float[] vector = new float[bytes.length / Short.BYTES];
        ByteBuffer numbers = ByteBuffer.wrap(bytes);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = Float.float16ToFloat(numbers.getShort());
        }
        return vector;
    }
}
