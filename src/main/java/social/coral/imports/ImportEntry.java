package social.coral.imports;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import social.coral.api.AccountGone;
import social.coral.api.Failure;
import social.coral.api.StorableText;
import social.coral.portability.ImportFault;
import social.coral.tenancy.TenantDoor;

/** The entry of a running import in the list of past imports. */
final class ImportEntry {

    /** The name of an upload that has none. */
    static final String UNNAMED = "upload";

    private static final int MAX_REASON = 500;

    private final TenantDoor door;
    private final UUID id = UUID.randomUUID();
    private String fileName = UNNAMED;
    private int files;
    private boolean begun;
    private boolean needsAuthor;
    private boolean added;

    ImportEntry(TenantDoor door) {
        this.door = door;
    }

    UUID id() {
        return id;
    }

    /** Names the import by its first file. */
    void fileBegins(String name) {
        if (fileName.equals(UNNAMED)) {
            fileName = name;
        }
        files++;
    }

    /** Reports whether a file has begun to be read. */
    boolean hasFiles() {
        return files > 0;
    }

    String title() {
        return PastImport.title(fileName, files);
    }

    /**
     * Enters it with the first posts, in their transaction, so that it is in the list even if a crash keeps its end out. Takes the lock of its row
     * before those of posts, as an undo does that passes posts on to it.
     */
    void begin() {
        if (begun) {
            door.sql("select 1 from public.imports where user_id = :tenant and id = :id for no key update").param("id", id).first(row -> true);
            return;
        }
        door.sql("insert into public.imports (id, file_name, files) values (:id, :file_name, :files) on conflict (user_id, id) do nothing")
                .param("id", id)
                .param("file_name", fileName)
                .param("files", Math.max(1, files))
                .update();
    }

    /** Counts posts, in their transaction, so that none is added to an import that was stopped or is being taken back. */
    void count(int imported, int corrected) {
        int kept = door.sql("""
                update public.imports set imported = imported + :imported, corrected = corrected + :corrected
                where user_id = :tenant and id = :id and removed is null and ending is null
                """)
                .param("imported", imported)
                .param("corrected", corrected)
                .param("id", id)
                .update();
        if (kept > 0) {
            added |= imported > 0;
            return;
        }
        if (isErased()) {
            throw new AccountGone();
        }
        if (isStopped()) {
            throw ImportFault.stopped();
        }
        throw Failure.of(HttpStatus.CONFLICT, ImportFault.TAKEN_BACK, added ? "You undid this import while it ran. Its posts are removed." : TakenBack.NOTHING_ADDED);
    }

    /** Reports whether the person stopped it. */
    boolean isStopped() {
        return door.sql("select 1 from public.imports where user_id = :tenant and id = :id and ending = 'stopped' and removed is null")
                .param("id", id)
                .first(row -> true)
                .isPresent();
    }

    /** Once an erasure has begun, nothing of the person can be seen. */
    private boolean isErased() {
        return door.sql("select 1 from public.user_profiles where user_id = :tenant").first(row -> true).isEmpty();
    }

    /** Reports whether it is in the list already. */
    boolean isListed() {
        return begun;
    }

    /** Notes that the transaction in which it began is committed. */
    void begun() {
        begun = true;
    }

    /** Notes that some of its posts are by the author whom the person named. */
    void needsAuthor() {
        needsAuthor = true;
    }

    /**
     * Enters how the import ended, also if it brought nothing. An import that was taken back stays gone. Of posts that were here already, some may
     * have passed to this import meanwhile.
     *
     * @return whether a person has named another author meanwhile, as another process lets them
     */
    boolean end(ImportResult result, @Nullable String author, Ending ending, @Nullable String reason) {
        begin();
        String own = needsAuthor ? author : null;
        return door.sql("""
                update public.imports set author = coalesce(author, :author), files = :files, corrected = :corrected,
                  skipped = greatest(0, :skipped - greatest(0, imported - :imported)), left_out = :left_out, rejected_count = :rejected, ended_at = now(), ending = :ending, reason = :reason,
                  result = :result
                where user_id = :tenant and id = :id
                returning author
                """)
                .param("author", own)
                .param("files", Math.max(1, files))
                .param("imported", (int) result.imported())
                .param("corrected", (int) result.corrected())
                .param("skipped", (int) result.skipped())
                .param("left_out", (int) result.leftOut().all())
                .param("rejected", (int) result.rejectedCount())
                .param("ending", ending)
                .param("reason", StorableText.truncateNullable(reason, MAX_REASON))
                .param("result", StoredResult.of(result))
                .param("id", id)
                .first(row -> Objects.requireNonNullElse(row.getString("author"), ""))
                .filter(named -> !named.equals(Objects.requireNonNullElse(own, "")))
                .isPresent();
    }

    /** Enters whose posts it is: its author, or else who wrote more than half of what it brought. A table of many people's posts is nobody's. */
    void settleOwner() {
        String writer = door.sql("""
                select author from (select author, count(*) as posts, sum(count(*)) over () as all_posts
                  from public.tweets_cache where user_id = :tenant and import_id = :id group by author) as writers
                where posts * 2 > all_posts
                """)
                .param("id", id)
                .first(row -> row.getString("author"))
                .orElse(null);
        door.sql("update public.imports set owner = coalesce(author, :writer) where user_id = :tenant and id = :id")
                .param("writer", writer)
                .param("id", id)
                .update();
    }
}
