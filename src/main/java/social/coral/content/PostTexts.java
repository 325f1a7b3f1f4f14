package social.coral.content;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import social.coral.knowledge.KnowledgeKind;
import social.coral.knowledge.KnowledgeSource;
import social.coral.networks.Network;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** The texts of posts that were collected or imported. */
@Component
class PostTexts implements KnowledgeKind {


    private final TenantDoor door;

    PostTexts(TenantDoor door) {
        this.door = door;
    }

    @Override
    public String name() {
        return CollectedPosts.KIND;
    }

    @Override
    public String table() {
        return CollectedPosts.TABLE;
    }

    @Override
    public List<KnowledgeSource> read(Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : door.sql("""
                select id, network, tweet_id, author, content, lang, created_at, source from public.tweets_cache
                where user_id = :tenant and id in (:ids)
                """)
                .param("ids", List.copyOf(ids))
                .list(row -> new KnowledgeSource(Columns.id(row), row.getString("content"), row.getString("lang"), row.getString("author"),
                        Columns.instant(row, "created_at"), row.getString("source"),
                        Columns.word(row, "network", Network::of).addressOf(row.getString("author"), row.getString("tweet_id"))));
    }

    @Override
    public List<UUID> withoutPieces(UUID after, int limit) {
        return door.sql("""
                select id from public.tweets_cache as post
                where user_id = :tenant and id > :after and content <> ''
                  and not exists (select 1 from public.knowledge_items as item where item.user_id = :tenant and item.post_id = post.id)
                order by id limit :limit
                """)
                .param("after", after)
                .param("limit", limit)
                .list(Columns::id);
    }
}
