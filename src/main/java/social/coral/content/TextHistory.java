package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Page;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** What happens to the texts that pass review, of all kinds: their steps, their versions and the notes on them. */
@Component
final class TextHistory {

    private static final int KEPT_VERSIONS = 50;

    private final TenantDoor door;

    TextHistory(TenantDoor door) {
        this.door = door;
    }

    /** Moves a text on. The database checks the step, and approves or takes the approval back. */
    void move(ReviewedText text, PostStatus to) {
        move(text, to, Approval.Reason.WITHDRAWN);
    }

    /** As above, with why an approval is taken back. */
    void move(ReviewedText text, PostStatus to, Approval.Reason why) {
        door.sql("select public.move_text(:kind, :id, :wanted, :why)")
                .param("kind", text.kind())
                .param("id", text.id())
                .param("wanted", to)
                .param("why", why.toString())
                .first(row -> true);
    }

    /** Keeps a version of a text that was just written or changed; {@code before} is null when it is new. */
    int keep(@Nullable ReviewedText before, ReviewedText after, String author, @Nullable String model) {
        int last = before == null ? 0 : last(before);
        insert(after, last + 1, author, model, after.updatedAt());
        if (last >= KEPT_VERSIONS) {
            door.sql("delete from public.text_versions where user_id = :tenant and kind = :kind and text_id = :id and number <= :last")
                    .param("kind", after.kind())
                    .param("id", after.id())
                    .param("last", last + 1 - KEPT_VERSIONS)
                    .update();
        }
        return last + 1;
    }

    /** Returns the number of the present version. A text from before versions were kept, or from an archive, is given its first here. */
    int last(ReviewedText text) {
        int last = door.sql("select coalesce(max(number), 0) from public.text_versions where user_id = :tenant and kind = :kind and text_id = :id")
                .param("kind", text.kind())
                .param("id", text.id())
                .one(row -> row.getInt(1));
        if (last == 0) {
            insert(text, 1, text.writtenBy().author(), text.writtenBy().model(), text.updatedAt());
        }
        return Math.max(last, 1);
    }

    private void insert(ReviewedText text, int number, String author, @Nullable String model, Instant at) {
        door.sql("""
                insert into public.text_versions (kind, text_id, number, title, parts, author, model, created_at)
                values (:kind, :id, :number, :title, :parts, :author, :model, :at)
                """)
                .param("kind", text.kind())
                .param("id", text.id())
                .param("number", number)
                .param("title", text.title())
                .param("parts", text.texts().toArray(String[]::new))
                .param("author", author)
                .param("model", model)
                .param("at", at)
                .update();
    }

    List<TextVersion> versions(TextKind kind, UUID id, Page page) {
        return door.sql("""
                select number, title, parts, author, model, created_at from public.text_versions
                where user_id = :tenant and kind = :kind and text_id = :id order by number desc limit :limit offset :offset
                """)
                .param("kind", kind)
                .param("id", id)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(TextHistory::readVersion);
    }

    Optional<TextVersion> version(TextKind kind, UUID id, int number) {
        return door.sql("""
                select number, title, parts, author, model, created_at from public.text_versions
                where user_id = :tenant and kind = :kind and text_id = :id and number = :number
                """)
                .param("kind", kind)
                .param("id", id)
                .param("number", number)
                .first(TextHistory::readVersion);
    }

    private static TextVersion readVersion(ResultSet row) throws SQLException {
        return new TextVersion(row.getInt("number"), row.getString("title"), texts(row), row.getString("author"), row.getString("model"), Columns.instant(row, "created_at"));
    }

    static List<String> texts(ResultSet row) throws SQLException {
        return List.of((String[]) row.getArray("parts").getArray());
    }

    List<Approval> approvals(TextKind kind, UUID id, Page page) {
        return door.sql("""
                select id, approved_by, created_at, voided_at, voided_by, voided_why, title, parts, sources from public.approvals
                where user_id = :tenant and kind = :kind and text_id = :id order by created_at desc, id limit :limit offset :offset
                """)
                .param("kind", kind)
                .param("id", id)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(row -> new Approval(Columns.id(row), row.getString("approved_by"), Columns.instant(row, "created_at"), Columns.optionalInstant(row, "voided_at"),
                        row.getString("voided_by"), row.getString("voided_why") == null ? null : Columns.word(row, "voided_why", Columns.constant(Approval.Reason.class)),
                        row.getString("title"), texts(row), TextSources.read(row.getString("sources"))));
    }

    List<ReviewNote> notes(TextKind kind, UUID id, Page page) {
        return door.sql("""
                select id, version, quote, note, author, answered_by, created_at from public.review_notes
                where user_id = :tenant and kind = :kind and text_id = :id order by created_at desc, id limit :limit offset :offset
                """)
                .param("kind", kind)
                .param("id", id)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(TextHistory::readNote);
    }

    ReviewNote note(ReviewedText text, String note, @Nullable String quote) {
        return door.sql("""
                insert into public.review_notes (kind, text_id, version, quote, note, author)
                values (:kind, :id, :version, :quote, :note, :author)
                returning id, version, quote, note, author, answered_by, created_at
                """)
                .param("kind", text.kind())
                .param("id", text.id())
                .param("version", last(text))
                .param("quote", quote)
                .param("note", note)
                .param("author", Writer.current(null).author())
                .one(TextHistory::readNote);
    }

    /** Marks the open notes on a text as answered by this version of it. */
    void answer(ReviewedText text, int version) {
        door.sql("""
                update public.review_notes set answered_by = :version
                where user_id = :tenant and kind = :kind and text_id = :id and answered_by is null
                """)
                .param("version", version)
                .param("kind", text.kind())
                .param("id", text.id())
                .update();
    }

    private static ReviewNote readNote(ResultSet row) throws SQLException {
        return new ReviewNote(Columns.id(row), row.getInt("version"), row.getString("quote"), row.getString("note"), row.getString("author"),
                row.getObject("answered_by", Integer.class), Columns.instant(row, "created_at"));
    }
}
