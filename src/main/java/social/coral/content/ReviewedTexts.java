package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.tenancy.Actor;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;
import social.coral.tenancy.TenantStatement;

/** The tenant's texts of one kind, which pass review before they go out. */
public abstract sealed class ReviewedTexts<T extends ReviewedText> permits Blogs, TweetThreads, Replies, Tweets {

    static final String COMMON = "id, user_id, status, scheduled_for, time_zone, written_by, model, unedited, sources, marks, created_at, updated_at";

    final TenantDoor door;
    final TextHistory history;
    final TextMarks marks;
    private final ApprovalRules rules;
    private final TextKind kind;
    private final String columns;
    private final String table;

    /** @param own the columns that only this kind has */
    ReviewedTexts(TextKind kind, String own, TenantDoor door, TextHistory history, TextMarks marks, ApprovalRules rules) {
        this.kind = kind;
        this.columns = COMMON + ", " + own;
        this.table = "public." + kind.table();
        this.door = door;
        this.history = history;
        this.marks = marks;
        this.rules = rules;
    }

    abstract T read(ResultSet row) throws SQLException;

    /** Writes the words, sources, marks, model and time of a text into its row, which the statement locks. */
    abstract void save(T text, TextChange.State state, Writer writer, List<TextSource> sources, @Nullable List<TextMark> marks);

    static Writer writer(ResultSet row) throws SQLException {
        return new Writer(row.getString("written_by"), row.getString("model"), row.getBoolean("unedited"));
    }

    static PostStatus status(ResultSet row) throws SQLException {
        return Columns.word(row, "status", name -> PostStatus.of("status", name));
    }

    static List<TextSource> sources(ResultSet row) throws SQLException {
        return TextSources.read(row.getString("sources"));
    }

    static @Nullable List<TextMark> marks(ResultSet row) throws SQLException {
        return TextMarks.read(row.getString("marks"));
    }

    /** Returns the marks of a new text, as they are stored. */
    @Nullable String marked(Writer writer, @Nullable String title, List<String> parts, List<TextSource> sources, TextMarks.Made made) {
        return TextMarks.write(writer.agent() == null ? List.of() : marks.of(kind, title, parts, sources, made));
    }

    /** Returns the newest first; a null status means any. */
    public List<T> list(@Nullable PostStatus status, Page page) {
        return list(status, "", page);
    }

    /** Returns the newest first; a null status means any, and an empty search any text. */
    public List<T> list(@Nullable PostStatus status, String words, Page page) {
        return list(status, words, false, page);
    }

    /** As above, or the oldest first. */
    public List<T> list(@Nullable PostStatus status, String words, boolean oldestFirst, Page page) {
        // Backwards, each index returns the oldest first.
        String order = oldestFirst ? "order by created_at, id desc" : "order by created_at desc, id";
        return bind(status, words, door.sql("select " + columns + where(status) + order + " limit :limit offset :offset"))
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(this::read);
    }

    /** Counts them, up to {@link Page#MAX_COUNTED}. */
    public int count(@Nullable PostStatus status, String words) {
        return count(status, words, Page.MAX_COUNTED);
    }

    /** Counts them, up to {@code most}. */
    public int count(@Nullable PostStatus status, String words, int most) {
        return bind(status, words, door.sql("select count(*) from (select 1" + where(status) + "limit :most) as counted"))
                .param("most", most)
                .one(row -> row.getInt(1));
    }

    /** The statuses that occur among the tenant's texts of this kind, in order. */
    public List<PostStatus> statuses() {
        return door.sql("select known.status from unnest(cast(:known as text[])) with ordinality as known (status, place) where exists (select 1 from "
                        + table + " as t where user_id = :tenant and t.status = known.status) order by known.place")
                .param("known", Arrays.stream(PostStatus.values()).map(PostStatus::toString).toArray(String[]::new))
                .list(row -> PostStatus.of("status", row.getString(1)));
    }

    // One condition for each index that returns the newest first; the search filters the rows that the index leads to.
    // A missing filter is an empty text instead of a null, which would cost the statement its single round trip.
    private String where(@Nullable PostStatus status) {
        return " from " + table + " where user_id = :tenant" + (status == null ? "" : " and status = :status") + SearchWords.AND_MATCH;
    }

    private static TenantStatement bind(@Nullable PostStatus status, String words, TenantStatement statement) {
        return SearchWords.bind(statement.param("status", status), words);
    }

    public T get(UUID id) {
        return one(id, "");
    }

    /** Reports whether the text is there and nobody changed it since then. In a transaction it stays so until its end. */
    public boolean isUnchanged(UUID id, Instant seen) {
        return door.sql("select updated_at from " + table + " where user_id = :tenant and id = :id for update").param("id", id)
                .first(row -> Columns.instant(row, "updated_at")).filter(seen::equals).isPresent();
    }

    /** Returns the text with this id, if there is one. */
    public Optional<T> find(UUID id) {
        return door.sql("select " + columns + " from " + table + " where user_id = :tenant and id = :id").param("id", id).first(this::read);
    }

    private T lock(UUID id) {
        return one(id, " for update");
    }

    private T one(UUID id, String locking) {
        return door.sql("select " + columns + " from " + table + " where user_id = :tenant and id = :id" + locking)
                .param("id", id)
                .first(this::read)
                .orElseThrow(Failure::notFound);
    }

    /** Returns those of these texts that exist. */
    public Set<UUID> existing(Collection<UUID> ids) {
        return ids.isEmpty() ? Set.of() : Set.copyOf(door.sql("select id from " + table + " where user_id = :tenant and id in (:ids)")
                .param("ids", List.copyOf(ids))
                .list(Columns::id));
    }

    /** Completes the insert of a text: keeps its first version and enters it into the audit. */
    T written(T text) {
        history.keep(null, text, text.writtenBy().author(), text.writtenBy().model());
        door.changed(kind.table(), List.of(text.id()));
        audit("written", text);
        return text;
    }

    @Nullable String ownTimeZone() {
        return door.sql("select time_zone from public.user_profiles where user_id = :tenant").first(row -> row.getString(1)).orElse(null);
    }

    public T change(UUID id, TextChange change) {
        return change(id, change, null);
    }

    /**
     * Changes a text if nobody has changed it since it was read; otherwise 409 {@code changed_meanwhile}. New words void an approval.
     *
     * @param seen its {@code updatedAt} when the person began to edit; null overwrites unconditionally
     */
    public T change(UUID id, TextChange change, @Nullable Instant seen) {
        return door.transaction(() -> {
            T before = lock(id);
            if (seen != null && !seen.equals(before.updatedAt()) && !change.isDone(before)) {
                throw Failure.changedMeanwhile();
            }
            Writer writer = Actor.current().agent().isEmpty() ? before.writtenBy().editedByPerson() : before.writtenBy();
            return apply(before, change.appliedTo(before, Instant.now(), () -> PostLimits.kept(door)), writer, before.sources(), "changed");
        });
    }

    /**
     * Makes an earlier version the current one again, as a change; no such version is 404.
     *
     * @param seen as for {@link #change(UUID, TextChange, Instant)}
     */
    public T restore(UUID id, int number, @Nullable Instant seen) {
        return door.transaction(() -> {
            T before = lock(id);
            history.last(before);
            TextVersion version = history.version(kind, id, number).orElseThrow(Failure::notFound);
            TextChange change = TextChange.words(version.title() == null ? "" : version.title(), version.parts());
            if (seen != null && !seen.equals(before.updatedAt()) && !change.isDone(before)) {
                throw Failure.changedMeanwhile();
            }
            boolean byAgent = !version.author().equals(Writer.PERSON) && before.writtenBy().agent() != null;
            Writer writer = byAgent ? new Writer(before.writtenBy().agent(), version.model(), true) : before.writtenBy().editedByPerson();
            return apply(before, change.appliedTo(before, Instant.now(), () -> PostLimits.kept(door)), writer, before.sources(), "restored");
        });
    }

    /**
     * Replaces a text by an agent's next version of it, which answers the open notes, unless somebody changed it since the agent read it.
     *
     * @param seen its {@code updatedAt} when the agent read it
     */
    public T revise(UUID id, Revision revision, Instant seen) {
        return door.transaction(() -> {
            T before = lock(id);
            if (!seen.equals(before.updatedAt())) {
                throw Failure.changedMeanwhile();
            }
            TextChange.State was = TextChange.State.of(before);
            TextChange.State state = TextChange.words(revision.title(), revision.parts())
                    .appliedTo(before, Instant.now(), () -> PostLimits.kept(door));
            Writer writer = new Writer(before.writtenBy().agent(), revision.model(), before.writtenBy().agent() != null);
            T after = apply(before, state, writer, revision.sources(), "changed");
            // What says the same as before answers nothing.
            if (!state.saysAs(was)) {
                history.answer(after, history.last(after));
            }
            return after;
        });
    }

    private T apply(T before, TextChange.State state, Writer writer, List<TextSource> sources, String verb) {
        TextChange.State was = TextChange.State.of(before);
        boolean edited = !state.saysAs(was) || !sources.equals(before.sources());
        boolean looksOther = !state.looksAs(was, kind) || !sources.equals(before.sources());
        if (!edited && state.equals(was)) {
            return before;
        }
        PostStatus standing = before.status();
        // What is approved or scheduled cannot be changed, so it is a draft first.
        if (looksOther && standing.afterEdit() != standing) {
            standing = standing.afterEdit();
            history.move(before, standing, Approval.Reason.CHANGED);
        }
        if (standing == PostStatus.SCHEDULED && state.status() != standing) {
            standing = state.status();
            history.move(before, standing);
        }
        if (edited || !state.goesOutAs(was)) {
            List<TextMark> marked = !edited ? before.marks()
                    : writer.agent() == null ? List.of() : marks.of(kind, state.title(), state.parts(), sources, TextMarks.made(before));
            save(before, state, looksOther ? writer : before.writtenBy(), sources, marked);
        }
        // What is approved is what has just been saved.
        if (state.status() != standing) {
            history.move(before, state.status());
        }
        T after = get(before.id());
        if (edited) {
            door.changed(kind.table(), List.of(after.id()));
            history.keep(before, after, Writer.current(null).author(), Writer.current(null).agent() == null ? null : writer.model());
        }
        if (edited || !state.goesOutAs(was)) {
            audit(verb, after);
        }
        if (after.status() != before.status() && !(looksOther && after.status() == before.status().afterEdit())) {
            audit(after.status().auditVerb(before.status()), after);
        }
        return after;
    }

    /** Sends a draft to review. What an agent sends is approved at once if a rule of the tenant approves it. */
    public T submit(UUID id) {
        return door.transaction(() -> {
            T text = change(id, TextChange.to(PostStatus.IN_REVIEW));
            return Actor.current().agent().isEmpty() ? text : approveByRule(id);
        });
    }

    /** Approves a text in review by the first of the tenant's rules that applies, and returns it as it is then. */
    public T approveByRule(UUID id) {
        return door.transaction(() -> {
            T text = lock(id);
            List<TextMark> marked = text.marks();
            if (text.status() != PostStatus.IN_REVIEW || !text.writtenBy().unedited() || marked == null || !marked.isEmpty()
                    || !PostLimit.SHORT.fits(text) && !PostLimits.kept(door).fits(text)) {
                return text;
            }
            for (ApprovalRule rule : rules.of(kind)) {
                if (rule.covers(text) && rules.approve(text, rule)) {
                    door.audit(kind.thing() + ".approved_by_rule", text.auditSubject() + " · " + rule.name());
                    return get(id);
                }
            }
            return text;
        });
    }

    /** Returns the last approvals of a text, the newest first. */
    public List<Approval> approvals(UUID id, Page page) {
        get(id);
        return history.approvals(kind, id, page);
    }

    /** Notes what should be changed, and sends the text back for it. */
    public T sendBack(UUID id, List<NoteInput> notes, @Nullable Instant seen) {
        return door.transaction(() -> {
            T text = lock(id);
            notes.forEach(note -> noted(text, note));
            return change(id, TextChange.to(PostStatus.CHANGES_WANTED), seen);
        });
    }

    /** Returns what was noted on a text, the newest first. */
    public List<ReviewNote> notes(UUID id, Page page) {
        get(id);
        return history.notes(kind, id, page);
    }

    /** Notes what should be changed, and leaves the text where it is. */
    public ReviewNote note(UUID id, NoteInput note) {
        return door.transaction(() -> noted(lock(id), note));
    }

    private ReviewNote noted(T text, NoteInput note) {
        ReviewNote noted = history.note(text, note.checkedNote(), note.checkedQuote(text));
        audit("noted", text);
        return noted;
    }

    /** Returns the kept versions of a text, the newest first. */
    public List<TextVersion> versions(UUID id, Page page) {
        get(id);
        return history.versions(kind, id, page);
    }

    /** Deletes a text with its versions and notes, unless it is being published right now. */
    public void delete(UUID id) {
        door.transaction(() -> {
            T text = lock(id);
            if (text.status() == PostStatus.PUBLISHING) {
                throw Failure.conflict("not_editable", "This " + kind.noun() + " is being published right now. Try again in a moment.");
            }
            door.sql("delete from " + table + " where user_id = :tenant and id = :id").param("id", id).update();
            door.removed(kind.table());
            removed(text);
            audit("deleted", text);
        });
    }

    /** What else follows when a text was deleted, in the same transaction. */
    void removed(T text) {}

    private void audit(String verb, T text) {
        door.audit(kind.thing() + "." + verb, text.auditSubject());
    }
}
