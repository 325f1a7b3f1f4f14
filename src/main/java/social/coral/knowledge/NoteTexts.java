package social.coral.knowledge;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** The texts of what agents have noted; each comes from the agent by its name. */
@Component
class NoteTexts implements KnowledgeKind {

    private static final UUID FIRST = new UUID(0, 0);

    private final TenantDoor door;

    NoteTexts(TenantDoor door) {
        this.door = door;
    }

    @Override
    public String name() {
        return Notes.KIND;
    }

    @Override
    public String table() {
        return Notes.TABLE;
    }

    @Override
    public List<KnowledgeSource> read(Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : door.sql("select id, agent, content, lang, updated_at from public.agent_notes where user_id = :tenant and id in (:ids)")
                .param("ids", List.copyOf(ids))
                .list(row -> new KnowledgeSource(Columns.id(row), row.getString("content"), row.getString("lang"), null,
                        Columns.instant(row, "updated_at"), row.getString("agent"), null));
    }

    @Override
    public List<UUID> withoutPieces(@Nullable UUID after, int limit) {
        return door.sql("""
                select id from public.agent_notes as note
                where user_id = :tenant and id > :after
                  and not exists (select 1 from public.knowledge_items as item where item.user_id = :tenant and item.note_id = note.id)
                order by id limit :limit
                """)
                .param("after", after == null ? FIRST : after)
                .param("limit", limit)
                .list(Columns::id);
    }
}
