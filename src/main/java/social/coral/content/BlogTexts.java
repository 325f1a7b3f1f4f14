package social.coral.content;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import social.coral.knowledge.KnowledgeKind;
import social.coral.knowledge.KnowledgeSource;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** The texts of blog posts, each with its title. */
@Component
class BlogTexts implements KnowledgeKind {


    private final TenantDoor door;

    BlogTexts(TenantDoor door) {
        this.door = door;
    }

    @Override
    public String name() {
        return Blogs.KIND;
    }

    @Override
    public String table() {
        return TextKind.BLOG.table();
    }

    @Override
    public List<KnowledgeSource> read(Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : door.sql("select id, title, content, updated_at from public.blogs where user_id = :tenant and id in (:ids)")
                .param("ids", List.copyOf(ids))
                .list(row -> new KnowledgeSource(Columns.id(row), row.getString("title") + "\n\n" + row.getString("content"), null, null,
                        Columns.instant(row, "updated_at"), "written", null));
    }

    @Override
    public List<UUID> withoutPieces(UUID after, int limit) {
        return door.sql("""
                select id from public.blogs as blog
                where user_id = :tenant and id > :after
                  and not exists (select 1 from public.knowledge_items as item where item.user_id = :tenant and item.blog_id = blog.id)
                order by id limit :limit
                """)
                .param("after", after)
                .param("limit", limit)
                .list(Columns::id);
    }
}
