package social.coral.knowledge;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.jobs.Jobs;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** Writes the pieces of the current tenant's texts at the end of the transaction that changes the texts themselves. */
@Component
class KnowledgeItems {

    /** Of the longest texts these are 10 MB, which the door reads at once. */
    private static final int AT_ONCE = 100;
    /** The longest texts have a hundred pieces, and a statement can have 65,535 parameters. */
    private static final int ROWS_AT_ONCE = 5_000;

    private final TenantDoor door;
    private final Jobs jobs;
    private final EmbeddingChoices choices;
    private final Clock clock;

    KnowledgeItems(TenantDoor door, Jobs jobs, EmbeddingChoices choices, Clock clock, List<KnowledgeKind> kinds) {
        this.door = door;
        this.choices = choices;
        this.jobs = jobs;
        this.clock = clock;
        kinds.forEach(kind -> door.follow(kind.table(), ids -> {
            kind.admit(ids);
            write(kind, ids);
        }));
    }

    private record Piece(UUID source, int number) {}

    private record Stored(UUID id, Said said) {}

    /** What a piece says; a piece that says something else is another. */
    private record Said(String text, @Nullable String language, @Nullable String author, Instant writtenAt) {}

    /** Brings the pieces of these texts to what the texts are; those of a text that is removed go with it. */
    private void write(KnowledgeKind kind, Set<UUID> changed) {
        List<UUID> ids = List.copyOf(changed);
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            write(kind, ids.subList(from, Math.min(from + AT_ONCE, ids.size())));
        }
        jobs.announce(KnowledgeJob.NAME, KnowledgeJob.INDEX, clock.instant());
        if (!ids.isEmpty()) {
            jobs.announce(EmbeddingJob.NAME, KnowledgeJob.INDEX, clock.instant());
            if (choices.current().isPaid()) {
                jobs.announce(EmbeddingJob.OF_SERVICES, KnowledgeJob.INDEX, clock.instant());
            }
        }
    }

    private void write(KnowledgeKind kind, List<UUID> ids) {
        // In one order, because two that overlap may run at once.
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
        if (!outdated.isEmpty()) {
            door.sql("delete from public.knowledge_items where user_id = :tenant and id in (:ids)").param("ids", outdated).update();
        }
        if (!wanted.isEmpty()) {
            add(kind, wanted);
        }
    }

    private Map<Piece, Stored> stored(KnowledgeKind kind, List<UUID> ids) {
        Map<Piece, Stored> stored = new HashMap<>();
        door.sql("""
                select id, source_id, piece, content, lang, author, written_at from public.knowledge_items
                where user_id = :tenant and kind = :kind and source_id in (:ids)
                """)
                .param("kind", kind.name())
                .param("ids", ids)
                .each(row -> stored.put(new Piece(row.getObject("source_id", UUID.class), row.getInt("piece")), new Stored(Columns.id(row),
                        new Said(row.getString("content"), row.getString("lang"), row.getString("author"), Columns.instant(row, "written_at")))));
        return stored;
    }

    private void add(KnowledgeKind kind, Map<Piece, Said> pieces) {
        // Numbered as they were written, because the order of random keys would differ each time.
        List<Map.Entry<Piece, Said>> ordered = pieces.entrySet().stream().sorted(Comparator.comparing(entry -> entry.getValue().writtenAt())).toList();
        long change = Changes.take(door, ordered.size());
        List<Object[]> rows = new ArrayList<>();
        for (Map.Entry<Piece, Said> entry : ordered) {
            Piece piece = entry.getKey();
            Said said = entry.getValue();
            rows.add(new Object[] {change++, kind.name(), piece.source(), piece.number(), said.text(), said.language(), said.author(), said.writtenAt()});
        }
        for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
            door.sql("insert into public.knowledge_items (change, kind, source_id, piece, content, lang, author, written_at) values :rows")
                    .rows("rows", rows.subList(from, Math.min(from + ROWS_AT_ONCE, rows.size())))
                    .update();
        }
    }
}
