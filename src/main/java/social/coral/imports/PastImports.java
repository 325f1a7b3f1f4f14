package social.coral.imports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import social.coral.api.DatabaseFailures;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.content.PostsForgotten;
import social.coral.content.CollectedPosts;
import social.coral.jobs.Jobs;
import social.coral.portability.ImportFault;
import social.coral.portability.ImportTurns;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/**
 * What a tenant has imported. It can be attributed to another author and taken back; what is too much for a request, a job
 * continues.
 */
@Component
public final class PastImports {

    /** A request changes so many posts itself. */
    private static final int MAX_IN_REQUEST = 5 * ImportChange.BATCH_SIZE;
    /** The job is scheduled before the request begins, so that the change continues if the process dies. */
    private static final Duration AFTER_REQUEST = Duration.ofMinutes(1);

    private static final int MAX_LISTED = 3;

    /** What {@link #read} reads. */
    static final String COLUMNS =
            "id, file_name, files, author, imported, corrected, skipped, left_out, rejected_count, created_at, ended_at, ending, reason, removed, result";

    private final TenantDoor door;
    private final ImportChange change;
    private final Jobs jobs;
    private final ImportTurns turns;
    private final Clock clock;

    PastImports(TenantDoor door, ImportChange change, Jobs jobs, ImportTurns turns, Clock clock) {
        this.door = door;
        this.change = change;
        this.jobs = jobs;
        this.turns = turns;
        this.clock = clock;
    }

    /** Lists the newest first. */
    public List<PastImport> list(Page page) {
        return list("", page);
    }

    /** Lists those with these words in the name of the file or the author, the newest first. */
    public List<PastImport> list(String words, Page page) {
        return door.sql("select " + COLUMNS + """
                 from public.imports where user_id = :tenant and file_name || ' @' || case when imported > 0 then coalesce(author, '') else '' end ilike all (:words)
                order by created_at desc, id limit :limit offset :offset
                """)
                .likeWords(words)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(PastImports::read);
    }

    /** Lists those that posts are here from, or that had posts as well which were collected; the newest first. */
    public List<PastImport> withPosts(Page page) {
        return door.sql("select " + COLUMNS + """
                 from public.imports where user_id = :tenant and exists (
                  select 1 from public.tweets_cache where user_id = :tenant and import_id = imports.id)
                order by created_at desc, id limit :limit offset :offset
                """)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(PastImports::read);
    }

    public int count(String words) {
        return door.sql("""
                select count(*) from public.imports
                where user_id = :tenant and file_name || ' @' || case when imported > 0 then coalesce(author, '') else '' end ilike all (:words)
                """)
                .likeWords(words)
                .one(row -> row.getInt(1));
    }

    public PastImport get(UUID id) {
        return change.find(id).orElseThrow(Failure::notFound);
    }

    /** Returns the result of an import as stored when it ended, as far as its row had room for it. */
    public Optional<ImportResult> result(UUID id) {
        return door.sql("select result from public.imports where user_id = :tenant and id = :id")
                .param("id", id)
                .first(row -> StoredResult.read(row.getString("result")))
                .orElseThrow(Failure::notFound);
    }

    /** Returns the tenant's import that runs in this process. */
    public Optional<UUID> running() {
        return !turns.isUnderWay() ? Optional.empty()
                : list(new Page(1, 0)).stream().filter(newest -> newest.endedAt() == null).map(PastImport::id).findFirst();
    }

    /** Stops the running import: in this process at once, in another before its next batch of posts. */
    public void stop() {
        turns.stop();
        door.sql("update public.imports set ending = 'stopped' where user_id = :tenant and ended_at is null and ending is null").update();
    }

    /** Counts the posts of an import that are here and that neither an account nor another import has as well. */
    public int posts(UUID id) {
        return door.sql("""
                select count(*) from public.tweets_cache where user_id = :tenant and import_id = :id and source = 'imported' and (also_in is null or not exists (
                  select 1 from public.imports where user_id = :tenant and removed is null
                    and id = any(cast(string_to_array(tweets_cache.also_in, ' ') as uuid[]))))
                """)
                .param("id", id)
                .one(row -> row.getInt(1));
    }

    private boolean lacksAuthors(UUID id) {
        return door.sql("select 1 from public.tweets_cache where user_id = :tenant and import_id = :id and not names_author limit 1")
                .param("id", id)
                .first(row -> true)
                .isPresent();
    }

    /** Attributes those posts of an import whose author the file does not name to another; those of a large one over the next minutes. */
    public PastImport attribute(UUID id, @Nullable String author) {
        get(id);
        String checked = PostAuthor.checked(author);
        door.transaction(() -> {
            PastImport before = get(id);
            if (before.removed() != null) {
                throw Failure.conflict(ImportFault.TAKEN_BACK, "This import is being undone.");
            }
            if (running().filter(id::equals).isPresent()) {
                throw Failure.conflict("import_under_way", "This import is still running. Change its author when it has ended.");
            }
            if (before.author() == null && before.endedAt() != null && !lacksAuthors(id)) {
                throw Failure.conflict("authors_named", "The file names the author of each of these posts.");
            }
            door.sql("update public.imports set author = :author, owner = :author where user_id = :tenant and id = :id").param("author", checked).param("id", id).update();
            door.audit("import.changed", before.title() + ": now by @" + checked);
            announce(id);
        });
        begin(id);
        return get(id);
    }

    /** Removes an import with its posts, but for those that an account or another import has as well; a large one over the next minutes. */
    public TakenBack takeBack(UUID id) {
        PastImport before = get(id);
        boolean isFirst = door.transaction(() -> {
            int asked = door.sql("""
                    update public.imports set removed = 0, ending = case when :running then 'stopped' else ending end
                    where user_id = :tenant and id = :id and removed is null
                    """)
                    .param("running", running().filter(id::equals).isPresent())
                    .param("id", id)
                    .update();
            announce(id);
            return asked > 0;
        });
        TakenBack taken = begin(id);
        if (!taken.done() && isFirst) {
            door.transaction(() -> door.audit("import.take_back_started", before.title()));
        }
        return taken;
    }

    private TakenBack begin(UUID id) {
        ImportChange.Progress progress = inRequest(id);
        if (progress.done()) {
            jobs.withdraw(ImportChangeJob.NAME, id.toString());
        } else {
            jobs.announce(ImportChangeJob.NAME, id.toString(), clock.instant());
            jobs.wakeUp();
        }
        return new TakenBack(progress.posts(), progress.done());
    }

    /** What the request cannot do because others are at it, the job does. */
    private ImportChange.Progress inRequest(UUID id) {
        try {
            return change.work(id, MAX_IN_REQUEST);
        } catch (DataAccessException e) {
            if (!DatabaseFailures.isTransient(e)) {
                throw e;
            }
            return new ImportChange.Progress(0, false);
        }
    }

    /** Has the posts of an import brought to what its row says. */
    void announce(UUID id) {
        jobs.announce(ImportChangeJob.NAME, id.toString(), clock.instant().plus(AFTER_REQUEST));
    }

    /** Removes chosen posts that were imported and returns how many there were. Those that were also collected stay, and are no longer an import's. */
    public int remove(Collection<UUID> posts) {
        if (posts.isEmpty()) {
            return 0;
        }
        return door.transaction(() -> {
            door.removed(CollectedPosts.TABLE);
            List<Optional<UUID>> imports = new ArrayList<>();
            List<String> removed = door.sql("""
                    delete from public.tweets_cache where user_id = :tenant and id in (:ids) and source = 'imported'
                    returning import_id, author, left(content, 100) as beginning
                    """)
                    .param("ids", List.copyOf(posts))
                    .list(row -> {
                        imports.add(Optional.ofNullable(row.getObject("import_id", UUID.class)));
                        return "@" + row.getString("author") + " " + Remarks.quoted(row.getString("beginning"));
                    });
            door.sql("""
                    update public.tweets_cache set import_id = null, also_in = null
                    where user_id = :tenant and id in (:ids) and source = 'collected' and import_id is not null
                    """)
                    .param("ids", List.copyOf(posts))
                    .update();
            new ImportCounts(door).removed(imports.stream().map(of -> of.orElse(null)));
            if (!removed.isEmpty()) {
                String listed = String.join(", ", removed.subList(0, Math.min(MAX_LISTED, removed.size())));
                door.audit("posts.removed", ImportFault.count(removed.size(), "imported post") + ": " + listed + (removed.size() > MAX_LISTED ? " …" : ""));
            }
            return removed.size();
        });
    }

    /** Keeps the list true in the same transaction. */
    @EventListener
    void forgotten(PostsForgotten event) {
        new ImportCounts(door).removed(event.imports().stream());
    }

    static PastImport read(ResultSet row) throws SQLException {
        @Nullable Integer removed = row.getObject("removed", Integer.class);
        return new PastImport(
                Columns.id(row),
                row.getString("file_name"),
                row.getInt("files"),
                row.getString("author"),
                row.getInt("imported"),
                row.getInt("corrected"),
                row.getInt("skipped"),
                row.getInt("left_out"),
                row.getInt("rejected_count"),
                Columns.instant(row, "created_at"),
                Columns.optionalInstant(row, "ended_at"),
                row.getString("ending") == null ? null : Columns.word(row, "ending", Columns.constant(Ending.class)),
                row.getString("reason"),
                removed,
                StoredResult.notesIn(row.getString("result")));
    }
}
