package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;
import social.coral.tenancy.TenantStatement;

/** The posts that a tenant writes. */
@Component
public final class Tweets {

    // One condition for each index that returns the newest first; the search filters the rows that the index leads to.
    // A missing filter is an empty text instead of a null, which would cost the statement its single round trip.
    private static final String NEWEST = """
            from public.tweets where user_id = :tenant""" + SearchWords.AND_MATCH;
    private static final String BY_STATUS = """
            from public.tweets where user_id = :tenant and status = :status""" + SearchWords.AND_MATCH;

    private static final String COLUMNS = " id, user_id, content, status, scheduled_for, time_zone, created_at, updated_at ";

    private final TenantDoor door;

    Tweets(TenantDoor door) {
        this.door = door;
    }

    /** Returns the newest first; a null status means any. */
    public List<Tweet> list(@Nullable PostStatus status, Page page) {
        return list(status, "", page);
    }

    /** Returns the newest first; a null status means any, and an empty search any text. */
    public List<Tweet> list(@Nullable PostStatus status, String words, Page page) {
        return bind(status, words, door.sql("select" + COLUMNS + where(status) + "order by created_at desc, id limit :limit offset :offset"))
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(Tweets::read);
    }

    /** Counts them, up to {@link Page#MAX_COUNTED}. */
    public int count(@Nullable PostStatus status, String words) {
        return count(status, words, Page.MAX_COUNTED);
    }

    /** Counts them, up to {@code most}. */
    public int count(@Nullable PostStatus status, String words, int most) {
        return bind(status, words, door.sql("select count(*) from (select 1 " + where(status) + "limit :most) as counted"))
                .param("most", most)
                .one(row -> row.getInt(1));
    }

    /** The statuses that occur among the tenant's posts, in order. */
    public List<PostStatus> statuses() {
        return door.sql("""
                select known.status from unnest(cast(:known as text[])) with ordinality as known (status, place)
                where exists (select 1 from public.tweets where user_id = :tenant and tweets.status = known.status)
                order by known.place
                """)
                .param("known", Arrays.stream(PostStatus.values()).map(PostStatus::toString).toArray(String[]::new))
                .list(row -> PostStatus.of("status", row.getString(1)));
    }

    private static String where(@Nullable PostStatus status) {
        return status == null ? NEWEST : BY_STATUS;
    }

    private static TenantStatement bind(@Nullable PostStatus status, String words, TenantStatement statement) {
        return SearchWords.bind(statement.param("status", status), words);
    }

    public Tweet get(UUID id) {
        return door.sql("select" + COLUMNS + "from public.tweets where user_id = :tenant and id = :id")
                .param("id", id)
                .first(Tweets::read)
                .orElseThrow(Failure::notFound);
    }

    /** Returns those of these posts that exist. */
    public Set<UUID> existing(Collection<UUID> ids) {
        return ids.isEmpty() ? Set.of() : Set.copyOf(door.sql("select id from public.tweets where user_id = :tenant and id in (:ids)")
                .param("ids", List.copyOf(ids))
                .list(Columns::id));
    }

    /** Stores a new draft, which may be too long to be published. A time without a zone is in the person's own zone. */
    public Tweet write(@Nullable String content, @Nullable String scheduledFor, @Nullable String timeZone) {
        Instant at = scheduledFor == null ? null : PlannedTime.instant("scheduled_for", scheduledFor, Instant.now());
        String zone = timeZone == null ? null : PlannedTime.zone("time_zone", timeZone);
        String text = PostText.kept("content", content);
        return door.transaction(() -> {
            Tweet written = insert(text, at, zone);
            door.audit("post.written", written.auditSubject());
            return written;
        });
    }

    private Tweet insert(String content, @Nullable Instant scheduledFor, @Nullable String timeZone) {
        return door.sql("""
                insert into public.tweets (content, scheduled_for, time_zone)
                values (:content, :scheduled_for, :time_zone)
                returning""" + COLUMNS)
                .param("content", content)
                .param("scheduled_for", scheduledFor)
                .param("time_zone", timeZone == null ? ownTimeZone() : timeZone)
                .one(Tweets::read);
    }

    private @Nullable String ownTimeZone() {
        return door.sql("select time_zone from public.user_profiles where user_id = :tenant").first(row -> row.getString(1)).orElse(null);
    }

    public Tweet change(UUID id, TweetChange change) {
        return change(id, change, null);
    }

    /**
     * Changes a post if nobody has given it other content since it was read; otherwise 409 {@code changed_meanwhile}.
     *
     * @param seen its {@code updatedAt} when the person began to edit; null overwrites unconditionally
     */
    public Tweet change(UUID id, TweetChange change, @Nullable Instant seen) {
        return door.transaction(() -> {
            Tweet before = lock(id);
            if (seen != null && !seen.equals(before.updatedAt()) && !before.content().equals(change.content())) {
                throw Failure.changedMeanwhile();
            }
            Tweet after = change.appliedTo(before, Instant.now());
            if (after.says(before)) {
                return before;
            }
            Tweet changed = save(after);
            boolean edited = !after.says(before.with(after.status()));
            if (edited) {
                door.audit("post.changed", changed.auditSubject());
            }
            if (after.status() != before.status() && !(edited && after.status() == before.status().afterEdit())) {
                door.audit(after.status().auditAction(before.status()), changed.auditSubject());
            }
            return changed;
        });
    }

    private Tweet lock(UUID id) {
        return door.sql("select" + COLUMNS + "from public.tweets where user_id = :tenant and id = :id for update")
                .param("id", id)
                .first(Tweets::read)
                .orElseThrow(Failure::notFound);
    }

    private Tweet save(Tweet tweet) {
        return door.sql("""
                update public.tweets
                set content = :content, status = :status, scheduled_for = :scheduled_for, updated_at = now(),
                  time_zone = coalesce(:time_zone, (select time_zone from public.user_profiles where user_id = :tenant))
                where user_id = :tenant and id = :id
                returning""" + COLUMNS)
                .param("content", tweet.content())
                .param("status", tweet.status())
                .param("scheduled_for", tweet.scheduledFor())
                .param("time_zone", tweet.timeZone())
                .param("id", tweet.id())
                .one(Tweets::read);
    }

    /** Deletes a post, unless it is being published right now. */
    public void delete(UUID id) {
        door.transaction(() -> {
            Tweet post = lock(id);
            if (post.status() == PostStatus.PUBLISHING) {
                throw Failure.conflict("not_editable", "This post is being published right now. Try again in a moment.");
            }
            door.sql("delete from public.tweets where user_id = :tenant and id = :id").param("id", id).update();
            door.audit("post.deleted", post.auditSubject());
        });
    }

    private static Tweet read(ResultSet row) throws SQLException {
        return new Tweet(
                Columns.id(row),
                Columns.id(row, "user_id"),
                row.getString("content"),
                Columns.word(row, "status", name -> PostStatus.of("status", name)),
                Columns.optionalInstant(row, "scheduled_for"),
                Columns.zone(row, "time_zone"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
