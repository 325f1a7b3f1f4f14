package social.coral.imports;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import social.coral.imports.LeftOutPost.Kind;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** The posts that archives say are deleted or not for everybody, which no later import stores. They go with the import that listed them. */
final class LeftOutPosts {

    private final TenantDoor door;
    private final UUID importId;

    LeftOutPosts(TenantDoor door, UUID importId) {
        this.door = door;
        this.importId = importId;
    }

    /** Adds posts. Of several lists that name one, some have no text. */
    void add(Collection<LeftOutPost> posts) {
        List<String> known = posts.stream().filter(post -> post.start() != null).map(LeftOutPost::id).toList();
        if (!known.isEmpty()) {
            door.sql("delete from public.deleted_posts where user_id = :tenant and tweet_id in (:ids) and import_id = :import and beginning is null")
                    .param("ids", known)
                    .param("import", importId)
                    .update();
        }
        door.sql("""
                insert into public.deleted_posts (tweet_id, import_id, kind, author, written_at, beginning) values :rows
                on conflict (user_id, tweet_id, import_id) do nothing
                """)
                .rows("rows", posts.stream().sorted(Comparator.comparing(post -> post.start() == null)).map(this::row).toList())
                .update();
    }

    private Object[] row(LeftOutPost post) {
        PostStart start = post.start();
        return start == null ? new Object[] {post.id(), importId, post.kind(), null, null, null}
                : new Object[] {post.id(), importId, post.kind(), start.author(), start.time(), start.beginning(PostStart.MAX_COMPARED)};
    }

    /** Returns those of these posts that an import has listed, and what they are. */
    Map<String, Kind> among(Collection<String> ids) {
        Map<String, Kind> kinds = new HashMap<>();
        if (!ids.isEmpty()) {
            door.sql("select tweet_id, min(kind) as kind from public.deleted_posts where user_id = :tenant and tweet_id in (:ids) group by tweet_id")
                    .param("ids", List.copyOf(ids))
                    .each(row -> kinds.put(row.getString("tweet_id"), Columns.word(row, "post " + row.getString("tweet_id"), "kind", Columns.constant(Kind.class))));
        }
        return kinds;
    }
}
