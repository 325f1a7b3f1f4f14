package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.tenancy.Columns;
import social.coral.tenancy.Query;
import social.coral.tenancy.TenantDoor;

/** The threads that a tenant writes. */
@Component
public final class TweetThreads extends ReviewedTexts<TweetThread> {

    private static final String OWN = "title, parts, blog_id, insight_id";

    TweetThreads(TenantDoor door, TextHistory history, TextMarks marks, ApprovalRules rules) {
        super(TextKind.THREAD, OWN, door, history, marks, rules);
    }

    /** Stores a new draft of a person. */
    public TweetThread write(@Nullable String title, List<String> parts) {
        return insert(new NewThread(title, parts, List.of(), null, null, null));
    }

    /** Stores a new draft of the agent at work. */
    public TweetThread draft(NewThread draft) {
        return insert(draft);
    }

    private TweetThread insert(NewThread draft) {
        String title = TextKind.THREAD.title(draft.title());
        List<String> parts = TextKind.THREAD.parts(draft.parts());
        Writer writer = Writer.current(draft.model());
        return door.transaction(() -> written(door.sql("""
                insert into public.tweet_threads (title, parts, blog_id, insight_id, written_by, model, unedited, sources, marks)
                values (:title, :parts, :blog_id, :insight_id, :written_by, :model, :unedited, cast(:sources as jsonb), cast(:marks as jsonb))
                returning\s""" + COMMON + ", " + OWN)
                .param("title", title)
                .param("parts", parts.toArray(String[]::new))
                .param("blog_id", draft.blogId())
                .param("insight_id", draft.insightId())
                .param("written_by", writer.agent())
                .param("model", writer.model())
                .param("unedited", writer.unedited())
                .param("sources", TextSources.write(draft.sources()))
                .param("marks", marked(writer, title, parts, draft.sources(), new TextMarks.Made(draft.blogId(), draft.insightId(), null, null)))
                .one(this::read)));
    }

    /** Returns the newest one that is made from this insight. */
    public Optional<TweetThread> latestFor(UUID insightId) {
        return door.sql("select " + COMMON + ", " + OWN + """
                 from public.tweet_threads where user_id = :tenant and insight_id = :insight_id order by created_at desc, id limit 1
                """)
                .param("insight_id", insightId)
                .first(this::read);
    }

    /**
     * What a thread can be made of.
     *
     * @param blogId the blog post; null for the research of an insight without one
     * @param insightId the insight, if there is one
     * @param title of the blog post, or the topic
     */
    public record Origin(@Nullable UUID blogId, @Nullable UUID insightId, String title) {}

    private static final String ORIGINS = """
            select blog.id as blog_id, blog.insight_id, blog.title, 1 as place, blog.created_at from public.blogs as blog
            where blog.user_id = :tenant and blog.status in ('in_review', 'approved') and blog.written_by is not null
              and not exists (select made.id from public.tweet_threads as made where made.user_id = :tenant and made.blog_id = blog.id)
            union all
            select null, insight.id, insight.topic, 2, insight.answered_at from public.insights as insight
            where insight.user_id = :tenant and not insight.dismissed and insight.expires_at > now()
              and not exists (select blog.id from public.blogs as blog where blog.user_id = :tenant and blog.insight_id = insight.id)
              and not exists (select made.id from public.tweet_threads as made where made.user_id = :tenant and made.insight_id = insight.id)
            """;

    private static final String WANTED = """
            union all
            select wanted.blog_id, wanted.insight_id, wanted.title, 0, wanted.created_at from public.tweet_threads as wanted
            where wanted.user_id = :tenant and wanted.status = 'changes_wanted' and wanted.written_by is not null and wanted.unedited
            """;

    /** Gives a row if a thread can be made of something, or changes are wanted of one that an agent made. */
    public Query<Boolean> anyOrigin() {
        return door.sql("select true from (" + ORIGINS + WANTED + " limit 1) as origins").query(row -> row.getBoolean(1));
    }

    /** Returns the blog posts of agents without a thread, the oldest first, then the research that nothing was made of. */
    public List<Origin> origins(int most) {
        return door.sql("select blog_id, insight_id, title from (" + ORIGINS + ") as origins order by place, created_at, blog_id, insight_id limit :most")
                .param("most", most)
                .list(TweetThreads::readOrigin);
    }

    /** Returns the blog post, of a person or an agent, or else the research of the topic with this id, if a thread can be made of it. */
    public Optional<Origin> origin(UUID id) {
        return door.sql("""
                select blog.id as blog_id, blog.insight_id, blog.title from public.blogs as blog
                where blog.user_id = :tenant and blog.id = :id and blog.status not in ('rejected', 'changes_wanted')
                  and not exists (select made.id from public.tweet_threads as made where made.user_id = :tenant and made.blog_id = blog.id)
                union all
                select null, insight.id, insight.topic from public.insights as insight
                where insight.user_id = :tenant and insight.id = :id and insight.expires_at > now()
                  and not exists (select made.id from public.tweet_threads as made where made.user_id = :tenant and made.insight_id = insight.id)
                """).param("id", id).first(TweetThreads::readOrigin);
    }

    private static Origin readOrigin(ResultSet row) throws SQLException {
        return new Origin(row.getObject("blog_id", UUID.class), row.getObject("insight_id", UUID.class), row.getString("title"));
    }

    @Override
    void save(TweetThread text, TextChange.State state, Writer writer, List<TextSource> sources, @Nullable List<TextMark> marks) {
        door.sql("""
                update public.tweet_threads
                set title = :title, parts = :parts, sources = cast(:sources as jsonb), marks = cast(:marks as jsonb), model = :model, unedited = :unedited, scheduled_for = :scheduled_for, updated_at = now(),
                  time_zone = coalesce(:time_zone, (select time_zone from public.user_profiles where user_id = :tenant))
                where user_id = :tenant and id = :id
                """)
                .param("title", state.title())
                .param("parts", state.parts().toArray(String[]::new))
                .param("sources", TextSources.write(sources))
                .param("marks", TextMarks.write(marks))
                .param("model", writer.model())
                .param("unedited", writer.unedited())
                .param("scheduled_for", state.scheduledFor())
                .param("time_zone", state.timeZone())
                .param("id", text.id())
                .update();
    }

    @Override
    TweetThread read(ResultSet row) throws SQLException {
        PostStatus status = status(row);
        List<String> parts = TextHistory.texts(row);
        return new TweetThread(
                Columns.id(row),
                Columns.id(row, "user_id"),
                row.getString("title"),
                IntStream.range(0, parts.size()).mapToObj(position -> new TweetThread.Part(position, parts.get(position), status)).toList(),
                status,
                Columns.optionalInstant(row, "scheduled_for"),
                Columns.zone(row, "time_zone"),
                row.getObject("blog_id", UUID.class),
                row.getObject("insight_id", UUID.class),
                writer(row),
                sources(row),
                marks(row),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
