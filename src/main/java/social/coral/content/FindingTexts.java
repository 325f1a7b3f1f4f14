package social.coral.content;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import social.coral.knowledge.KnowledgeKind;
import social.coral.knowledge.KnowledgeSource;
import social.coral.models.Extracts;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** What was found out about topics. What only quotes posts is left out, as the posts themselves are found. */
@Component
class FindingTexts implements KnowledgeKind {


    private final TenantDoor door;

    FindingTexts(TenantDoor door) {
        this.door = door;
    }

    @Override
    public String name() {
        return Findings.KIND;
    }

    @Override
    public String table() {
        return Findings.TABLE;
    }

    @Override
    public List<KnowledgeSource> read(Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : door.sql("""
                select id, topic, answer, answered_by, answered_at from public.insights
                where user_id = :tenant and id in (:ids) and answer is not null and answered_by <> :extracts
                """)
                .param("ids", List.copyOf(ids))
                .param("extracts", Extracts.NAME)
                .list(row -> new KnowledgeSource(Columns.id(row), row.getString("topic") + "\n\n" + row.getString("answer"), null, null,
                        Columns.instant(row, "answered_at"), row.getString("answered_by"), null));
    }

    @Override
    public List<UUID> withoutPieces(UUID after, int limit) {
        return door.sql("""
                select id from public.insights as insight
                where user_id = :tenant and id > :after and answer is not null and answered_by <> :extracts
                  and not exists (select 1 from public.knowledge_items as item where item.user_id = :tenant and item.insight_id = insight.id)
                order by id limit :limit
                """)
                .param("after", after)
                .param("extracts", Extracts.NAME)
                .param("limit", limit)
                .list(Columns::id);
    }
}
