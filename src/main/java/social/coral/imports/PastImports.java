package social.coral.imports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.portability.ImportFault;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** What a tenant has imported. It can be attributed to another author and taken back. */
@Component
public final class PastImports {

    /** So many rows are changed in one transaction, so that nobody waits long for their locks. */
    private static final int AT_ONCE = 2_000;

    private final TenantDoor door;

    PastImports(TenantDoor door) {
        this.door = door;
    }

    /** Lists the newest first. */
    public List<PastImport> list(Page page) {
        return door.sql("select * from public.imports where user_id = :tenant order by created_at desc, id limit :limit offset :offset")
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(PastImports::read);
    }

    public PastImport get(UUID id) {
        return door.sql("select * from public.imports where user_id = :tenant and id = :id")
                .param("id", id)
                .first(PastImports::read)
                .orElseThrow(Failure::notFound);
    }

    /** Attributes the posts of an import to another author. */
    public PastImport attribute(UUID id, String author) {
        PastImport before = get(id);
        int changed = AT_ONCE;
        while (changed == AT_ONCE) {
            changed = door.sql("""
                    update public.tweets_cache set author = :author where user_id = :tenant and id = any(array(
                      select id from public.tweets_cache where user_id = :tenant and import_id = :import and author <> :author
                      order by created_at desc, id limit :most))
                    """)
                    .param("author", author)
                    .param("import", id)
                    .param("most", AT_ONCE)
                    .update();
        }
        door.transaction(() -> {
            door.sql("update public.imports set author = :author where user_id = :tenant and id = :id").param("author", author).param("id", id).update();
            door.audit("import.changed", before.fileName() + ": by @" + author);
        });
        return get(id);
    }

    /** Removes an import with its posts, but for those that were collected from their account as well. If it is interrupted, what is left can be taken back again. */
    public void takeBack(UUID id) {
        PastImport before = get(id);
        long removed = 0;
        int some = AT_ONCE;
        while (some == AT_ONCE) {
            some = door.sql("""
                    delete from public.tweets_cache where user_id = :tenant and id = any(array(
                      select id from public.tweets_cache where user_id = :tenant and import_id = :import order by created_at desc, id limit :most))
                    """)
                    .param("import", id)
                    .param("most", AT_ONCE)
                    .update();
            removed += some;
        }
        String subject = before.fileName() + ": " + ImportFault.count(removed, "post");
        door.transaction(() -> {
            door.sql("delete from public.imports where user_id = :tenant and id = :id").param("id", id).update();
            door.audit("import.deleted", subject);
        });
    }

    /** Removes chosen posts that were imported and returns how many there were. */
    public int remove(Collection<UUID> posts) {
        if (posts.isEmpty()) {
            return 0;
        }
        return door.transaction(() -> {
            int removed = door.sql("delete from public.tweets_cache where user_id = :tenant and id in (:ids) and source = 'imported'")
                    .param("ids", List.copyOf(posts))
                    .update();
            if (removed > 0) {
                door.audit("posts.removed", ImportFault.count(removed, "imported post"));
            }
            return removed;
        });
    }

    private static PastImport read(ResultSet row) throws SQLException {
        return new PastImport(
                Columns.id(row),
                row.getString("file_name"),
                row.getString("author"),
                row.getInt("imported"),
                row.getInt("corrected"),
                row.getInt("skipped"),
                row.getInt("left_out"),
                row.getInt("rejected_count"),
                Columns.instant(row, "created_at"),
                Columns.optionalInstant(row, "ended_at"));
    }
}
