package social.coral.knowledge;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** The texts of what agents have noted; each comes from the agent by its name. */
@Component
class NoteTexts implements KnowledgeKind {


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
    public void admit(Collection<UUID> changed) {
        if (changed.isEmpty()) {
            return;
        }
        door.sql("""
                select agent, max(char_length(content)) as longest,
                  (select count(*) from (select 1 from public.agent_notes as held where held.user_id = :tenant and held.agent = note.agent limit :enough) as counted) as held
                from public.agent_notes as note where user_id = :tenant and id in (:ids) group by agent
                """)
                .param("ids", List.copyOf(changed))
                .param("enough", Notes.MAX_OF_AN_AGENT + 1)
                .list(row -> new Kept(row.getInt("longest"), row.getInt("held")))
                .forEach(Kept::requireFit);
    }

    /** Of one agent. */
    private record Kept(int longest, int held) {
        void requireFit() {
            if (longest > Notes.MAX_LENGTH) {
                throw Failure.invalid("text", "A note can have %,d characters at most.".formatted(Notes.MAX_LENGTH));
            }
            if (held > Notes.MAX_OF_AN_AGENT) {
                throw Failure.conflict("limit", "An agent can keep %,d notes at most. Forget some under Knowledge first.".formatted(Notes.MAX_OF_AN_AGENT));
            }
        }
    }

    @Override
    public List<UUID> withoutPieces(UUID after, int limit) {
        return door.sql("""
                select id from public.agent_notes as note
                where user_id = :tenant and id > :after
                  and not exists (select 1 from public.knowledge_items as item where item.user_id = :tenant and item.note_id = note.id)
                order by id limit :limit
                """)
                .param("after", after)
                .param("limit", limit)
                .list(Columns::id);
    }
}
