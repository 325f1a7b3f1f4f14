package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** The single posts that a tenant writes. */
@Component
public final class Tweets extends ReviewedTexts<Tweet> {

    private static final String OWN = "content, blog_id, insight_id";

    Tweets(TenantDoor door, TextHistory history, TextMarks marks, ApprovalRules rules) {
        super(TextKind.TWEET, OWN, door, history, marks, rules);
    }

    /** Stores a new draft of a person, which may be too long to be published. A time without a zone is in the person's own zone. */
    public Tweet write(@Nullable String content, @Nullable String scheduledFor, @Nullable String timeZone) {
        TextPlan plan = TextPlan.of(scheduledFor, timeZone, this::ownTimeZone);
        String text = PostText.kept("content", content);
        return insert(text, plan, null, List.of(), null, null);
    }

    /** Stores a new draft of the agent at work. */
    public Tweet draft(NewTweet draft) {
        return insert(PostText.kept("content", draft.content()), TextPlan.of(null, null, this::ownTimeZone), draft.model(), draft.sources(), draft.blogId(), draft.insightId());
    }

    private Tweet insert(String content, TextPlan plan, @Nullable String model, List<TextSource> sources,
            @Nullable UUID blogId, @Nullable UUID insightId) {
        Writer writer = Writer.current(model);
        return door.transaction(() -> written(door.sql("""
                insert into public.tweets (content, scheduled_for, time_zone, blog_id, insight_id, written_by, model, unedited, sources, marks)
                values (:content, :scheduled_for, :time_zone, :blog_id, :insight_id, :written_by, :model, :unedited, cast(:sources as jsonb), cast(:marks as jsonb))
                returning\s""" + COMMON + ", " + OWN)
                .param("content", content)
                .param("scheduled_for", plan.at())
                .param("time_zone", plan.timeZone())
                .param("blog_id", blogId)
                .param("insight_id", insightId)
                .param("written_by", writer.agent())
                .param("model", writer.model())
                .param("unedited", writer.unedited())
                .param("sources", TextSources.write(sources))
                .param("marks", marked(writer, null, List.of(content), sources, new TextMarks.Made(blogId, insightId, null, null)))
                .one(this::read)));
    }

    @Override
    void save(Tweet text, TextChange.State state, Writer writer, List<TextSource> sources, @Nullable List<TextMark> marks) {
        door.sql("""
                update public.tweets
                set content = :content, sources = cast(:sources as jsonb), marks = cast(:marks as jsonb), model = :model, unedited = :unedited, scheduled_for = :scheduled_for, updated_at = now(),
                  time_zone = coalesce(:time_zone, (select time_zone from public.user_profiles where user_id = :tenant))
                where user_id = :tenant and id = :id
                """)
                .param("content", state.parts().getFirst())
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
    Tweet read(ResultSet row) throws SQLException {
        return new Tweet(
                Columns.id(row),
                Columns.id(row, "user_id"),
                row.getString("content"),
                status(row),
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
