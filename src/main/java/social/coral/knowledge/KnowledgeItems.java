package social.coral.knowledge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** The pieces of the current tenant's texts, which are written in the transaction of the texts themselves. */
@Component
public class KnowledgeItems {

    private final TenantDoor door;

    KnowledgeItems(TenantDoor door) {
        this.door = door;
    }

    private record Piece(UUID source, int number) {}

    private record Stored(UUID id, Said said) {}

    /** What a piece says; all of it is replaced when any of it changes. */
    private record Said(String text, @Nullable String language, @Nullable String author, Instant writtenAt) {}

    /**
     * Brings the pieces of these texts to what the texts are now. Called in the transaction that adds or changes them, and after it has;
     * those of a text that is removed go with it.
     */
    public void changed(KnowledgeKind kind, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        Map<Piece, Said> wanted = new TreeMap<>(Comparator.comparing(Piece::source).thenComparing(Piece::number));
        for (KnowledgeSource source : kind.read(ids)) {
            List<String> pieces = Pieces.of(source.text(), source.language());
            for (int number = 0; number < pieces.size(); number++) {
                wanted.put(new Piece(source.id(), number), new Said(pieces.get(number), source.language(), source.author(), source.writtenAt()));
            }
        }
        List<UUID> outdated = new ArrayList<>();
        stored(kind, ids).forEach((piece, stored) -> {
            if (!wanted.remove(piece, stored.said())) {
                outdated.add(stored.id());
            }
        });
        remove(outdated);
        add(kind, wanted);
    }

    private Map<Piece, Stored> stored(KnowledgeKind kind, Collection<UUID> ids) {
        Map<Piece, Stored> stored = new HashMap<>();
        door.sql("""
                select id, source_id, piece, content, lang, author, written_at from public.knowledge_items
                where user_id = :tenant and kind = :kind and source_id in (:ids)
                """)
                .param("kind", kind.name())
                .param("ids", List.copyOf(ids))
                .each(row -> stored.put(new Piece(row.getObject("source_id", UUID.class), row.getInt("piece")), new Stored(Columns.id(row),
                        new Said(row.getString("content"), row.getString("lang"), row.getString("author"), Columns.instant(row, "written_at")))));
        return stored;
    }

    private void remove(List<UUID> ids) {
        if (!ids.isEmpty()) {
            door.sql("delete from public.knowledge_items where user_id = :tenant and id in (:ids)").param("ids", ids).update();
        }
    }

    // In one order, because two that overlap may run at once.
    private void add(KnowledgeKind kind, Map<Piece, Said> pieces) {
        if (!pieces.isEmpty()) {
            door.sql("insert into public.knowledge_items (kind, source_id, piece, content, lang, author, written_at) values :rows")
                    .rows("rows", pieces.entrySet().stream().map(piece -> row(kind, piece.getKey(), piece.getValue())).toList())
                    .update();
        }
    }

    private static Object[] row(KnowledgeKind kind, Piece piece, Said said) {
        return new Object[] {kind.name(), piece.source(), piece.number(), said.text(), said.language(), said.author(), said.writtenAt()};
    }
}
