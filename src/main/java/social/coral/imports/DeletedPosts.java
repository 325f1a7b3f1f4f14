package social.coral.imports;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import social.coral.tenancy.TenantDoor;

/** The ids of posts that archives list as deleted on X, which no later import stores. They go with the import that listed them. */
final class DeletedPosts {

    private final TenantDoor door;
    private final UUID importId;

    DeletedPosts(TenantDoor door, UUID importId) {
        this.door = door;
        this.importId = importId;
    }

    void add(Collection<String> ids) {
        door.sql("insert into public.deleted_posts (tweet_id, import_id) values :rows on conflict (user_id, tweet_id, import_id) do nothing")
                .rows("rows", ids.stream().map(id -> new Object[] {id, importId}).toList())
                .update();
    }

    /** Returns those of these posts that an import has listed. */
    Set<String> among(Collection<String> ids) {
        return ids.isEmpty() ? Set.of() : Set.copyOf(door.sql("select distinct tweet_id from public.deleted_posts where user_id = :tenant and tweet_id in (:ids)")
                .param("ids", List.copyOf(ids))
                .list(row -> row.getString("tweet_id")));
    }
}
