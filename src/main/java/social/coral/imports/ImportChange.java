package social.coral.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.content.CollectedPosts;
import social.coral.networks.PostIds;
import social.coral.portability.ImportFault;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/**
 * Brings the posts of an import to what its row says: another author, or none left. Each batch is a transaction, so that nobody waits long
 * for its locks and what is done stays done.
 */
@Component
class ImportChange {

    static final int BATCH_SIZE = 2_000;
    /** Posts without ids are compared with others, which takes longer. */
    private static final int COMPARED_AT_ONCE = 200;

    /**
     * @param posts how many posts were changed; for an import that is taken back, how many are removed so far
     */
    record Progress(int posts, boolean done) {}

    /** Later than any post. */
    private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

    /** @param passed how many are an import's that has them as well, or only collected from now on */
    private record Removed(int posts, int passed) {}

    /** @param oldest the time of the oldest post in the batch; null if there was none */
    private record Batch(int posts, @Nullable Instant oldest) {}

    private final TenantDoor door;

    ImportChange(TenantDoor door) {
        this.door = door;
    }

    /** Changes at most so many posts, but at least one batch. */
    Progress work(UUID id, int most) {
        int[] left = {most};
        return work(id, () -> (left[0] -= BATCH_SIZE) < 0);
    }

    /** Works until all is done, or no time is left before a batch. */
    Progress work(UUID id, BooleanSupplier isOver) {
        return find(id).map(past -> past.removed() != null ? remove(past, isOver) : attribute(past, isOver)).orElse(new Progress(0, true));
    }

    Optional<PastImport> find(UUID id) {
        return door.sql("select " + PastImports.COLUMNS + " from public.imports where user_id = :tenant and id = :id")
                .param("id", id)
                .first(PastImports::read);
    }

    private Progress remove(PastImport past, BooleanSupplier isOver) {
        int removed = past.removed() == null ? 0 : past.removed();
        while (!isOver.getAsBoolean()) {
            Removed some = door.transaction(() -> removeSome(past.id()));
            removed += some.posts();
            if (some.posts() + some.passed() == 0 && finish(past)) {
                return new Progress(removed, true);
            }
        }
        return new Progress(removed, false);
    }

    /**
     * Removes posts, or passes them on to the newest import that has them as well; what was collected stays without one. An author whom a
     * person has named for this one is named no longer.
     */
    private Removed removeSome(UUID id) {
        // In one order, because another one that is undone at once may have the same heirs.
        door.sql("""
                select 1 from public.imports where user_id = :tenant and removed is null and id in (
                  select cast(one as uuid) from (
                    select also_in from public.tweets_cache where user_id = :tenant and import_id = :import order by created_at desc, id limit :most) as post
                  cross join unnest(string_to_array(post.also_in, ' ')) as one)
                order by id for no key update
                """)
                .param("import", id)
                .param("most", BATCH_SIZE)
                .list(row -> true);
        List<UUID> ids = new ArrayList<>();
        Removed some = door.sql("""
                with batch as (
                  select post.id, (
                    select id from public.imports where user_id = :tenant and removed is null
                      and id = any(cast(string_to_array(post.also_in, ' ') as uuid[]))
                    order by created_at desc limit 1 for no key update) as heir
                  from (
                    select id, also_in from public.tweets_cache where user_id = :tenant and import_id = :import order by created_at desc, id limit :most) as post
                ), passed as (
                  update public.tweets_cache as post set import_id = heir.id, attributed = post.attributed and post.author is not distinct from heir.author,
                    author = case when post.attributed then coalesce(heir.author, post.author) else post.author end
                  from batch join public.imports as heir on heir.user_id = :tenant and heir.id = batch.heir
                  where post.user_id = :tenant and post.id = batch.id and post.import_id = :import
                  returning heir.id as heir, post.source, post.id
                ), counted as (
                  update public.imports as heir set imported = heir.imported + gained.posts, skipped = greatest(0, heir.skipped - gained.posts),
                    corrected = case when heir.ended_at is null then heir.corrected else greatest(0, heir.corrected - greatest(0, gained.posts - heir.skipped)) end
                  from (select heir, count(*) as posts from passed where source = 'imported' group by heir) as gained
                  where heir.user_id = :tenant and heir.id = gained.heir
                ), released as (
                  update public.tweets_cache as post set import_id = null, also_in = null from batch
                  where post.user_id = :tenant and post.id = batch.id and post.import_id = :import and batch.heir is null and post.source = 'collected'
                  returning 1
                ), gone as (
                  delete from public.tweets_cache as post using batch
                  where post.user_id = :tenant and post.id = batch.id and post.import_id = :import and batch.heir is null and post.source = 'imported'
                  returning 1
                )
                select (select count(*) from gone) as gone, (select count(*) from passed) + (select count(*) from released) as passed,
                  array(select id from passed) as ids
                """)
                .param("import", id)
                .param("most", BATCH_SIZE)
                .one(row -> {
                    ids.addAll(List.of((UUID[]) row.getArray("ids").getArray()));
                    return new Removed(row.getInt("gone"), row.getInt("passed"));
                });
        door.changed(CollectedPosts.TABLE, ids);
        if (some.posts() > 0) {
            door.removed(CollectedPosts.TABLE);
            door.sql("update public.imports set removed = removed + :some where user_id = :tenant and id = :id").param("some", some.posts()).param("id", id).update();
        }
        return some;
    }

    /** Ends it if no post is left: another request may have removed the same ones, or an import was correcting some, which hid them. */
    private boolean finish(PastImport past) {
        return door.transaction(() -> {
            if (door.sql("select 1 from public.tweets_cache where user_id = :tenant and import_id = :id limit 1").param("id", past.id()).first(row -> true).isPresent()) {
                return false;
            }
            door.removed(CollectedPosts.TABLE);
            door.sql("delete from public.deleted_posts where user_id = :tenant and import_id = :id").param("id", past.id()).update();
            door.sql("delete from public.imports where user_id = :tenant and id = :id returning removed")
                .param("id", past.id())
                .first(row -> row.getInt("removed"))
                .ifPresent(posts -> {
                    if (posts == 0) {
                        boolean stopped = past.ending() == Ending.STOPPED && past.endedAt() == null;
                        door.audit(stopped ? "posts.import_stopped" : "import.removed", stopped ? past.title() + ": it had added nothing" : past.title());
                    } else {
                        door.audit("import.deleted", past.title() + ": " + ImportFault.count(posts, "post"));
                    }
                });
            return true;
        });
    }

    private Progress attribute(PastImport past, BooleanSupplier isOver) {
        String author = past.author();
        Instant before = END;
        int changed = 0;
        while (author != null && !isOver.getAsBoolean()) {
            Batch batch = attributeSome(past.id(), author, before);
            changed += batch.posts();
            if (batch.oldest() == null) {
                return new Progress(changed, true);
            }
            before = batch.oldest();
        }
        return new Progress(changed, author == null);
    }

    /** Goes from the newest to the oldest, so that no batch looks at all that were changed before. */
    private Batch attributeSome(UUID id, String author, Instant before) {
        return door.transaction(() -> {
            List<String> next = next(id, author, before);
            if (next.isEmpty()) {
                return new Batch(0, null);
            }
            List<String> derived = next.stream().filter(PostIds::isDerived).toList();
            if (derived.isEmpty() && !isAnyWithoutId(author)) {
                return changeAuthor(id, author, before, BATCH_SIZE);
            }
            Twins twins = new Twins(door, new StoredPosts(door, id), () -> {});
            int left = next.size() - joinTwins(twins, id, author, derived);
            Batch changed = left == 0 ? new Batch(0, before) : changeAuthor(id, author, before, left);
            joinWithoutIds(twins, next.stream().filter(post -> !PostIds.isDerived(post)).toList());
            return changed;
        });
    }

    private boolean isAnyWithoutId(String author) {
        return door.sql("select 1 from public.tweets_cache where user_id = :tenant and author = :author and tweet_id like 'd-%' limit 1")
                .param("author", author)
                .first(row -> true)
                .isPresent();
    }

    /** Returns the ids of the next posts. */
    private List<String> next(UUID id, String author, Instant before) {
        return door.sql("""
                select tweet_id from public.tweets_cache where user_id = :tenant and import_id = :import and source = 'imported'
                  and (author <> :author or not attributed) and not names_author and created_at <= :before
                order by created_at desc, id limit :most
                """)
                .param("author", author)
                .param("import", id)
                .param("before", before)
                .param("most", COMPARED_AT_ONCE)
                .list(row -> row.getString("tweet_id"));
    }

    /** Posts without ids can be known already under the name that they get, as an import finds them. */
    private int joinTwins(Twins twins, UUID id, String author, List<String> derived) {
        int joined = derived.isEmpty() ? 0 : twins.join(derived, author);
        new ImportCounts(door).joined(Collections.nCopies(joined, id));
        return joined;
    }

    /** Posts that are known under the author's name without ids are these, as an import finds them. */
    private void joinWithoutIds(Twins twins, List<String> real) {
        if (!real.isEmpty()) {
            new ImportCounts(door).joined(twins.joinWithoutIds(real));
        }
    }

    private Batch changeAuthor(UUID id, String author, Instant before, int most) {
        return door.sql("""
                with changed as (
                  update public.tweets_cache set author = :author, attributed = true where user_id = :tenant and id = any(array(
                    select id from public.tweets_cache where user_id = :tenant and import_id = :import and source = 'imported'
                      and (author <> :author or not attributed) and not names_author and created_at <= :before
                    order by created_at desc, id limit :most))
                  returning id, created_at)
                select count(*) as posts, min(created_at) as oldest, array_agg(id) as ids from changed
                """)
                .param("author", author)
                .param("import", id)
                .param("before", before)
                .param("most", most)
                .one(row -> {
                    if (row.getArray("ids") != null) {
                        door.changed(CollectedPosts.TABLE, List.of((UUID[]) row.getArray("ids").getArray()));
                    }
                    return new Batch(row.getInt("posts"), Columns.optionalInstant(row, "oldest"));
                });
    }
}
