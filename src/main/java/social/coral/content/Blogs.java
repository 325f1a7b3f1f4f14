package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** The blog posts that a tenant writes. */
@Component
public final class Blogs extends ReviewedTexts<Blog> {

    /** What searches call these texts. */
    public static final String KIND = "blog";

    private static final String OWN = "title, content, insight_id, persona_id";

    Blogs(TenantDoor door, TextHistory history, TextMarks marks, ApprovalRules rules) {
        super(TextKind.BLOG, OWN, door, history, marks, rules);
    }

    /** Stores a new draft of a person. */
    public Blog write(@Nullable String title, @Nullable String content) {
        return insert(new NewBlog(title == null ? "" : title, content == null ? "" : content, List.of(), null, null, null));
    }

    /** Stores a new draft of the agent at work. */
    public Blog draft(NewBlog draft) {
        return insert(draft);
    }

    private Blog insert(NewBlog draft) {
        String title = TextKind.BLOG.title(draft.title());
        String content = TextKind.BLOG.parts(List.of(draft.content())).getFirst();
        Writer writer = Writer.current(draft.model());
        return door.transaction(() -> written(door.sql("""
                insert into public.blogs (title, content, insight_id, persona_id, written_by, model, unedited, sources, marks)
                values (:title, :content, :insight_id, :persona_id, :written_by, :model, :unedited, cast(:sources as jsonb), cast(:marks as jsonb))
                returning\s""" + COMMON + ", " + OWN)
                .param("title", title)
                .param("content", content)
                .param("insight_id", draft.insightId())
                .param("persona_id", draft.personaId())
                .param("written_by", writer.agent())
                .param("model", writer.model())
                .param("unedited", writer.unedited())
                .param("sources", TextSources.write(draft.sources()))
                .param("marks", marked(writer, title, List.of(content), draft.sources(), new TextMarks.Made(null, draft.insightId(), draft.personaId(), null)))
                .one(this::read)));
    }

    /** Returns the newest one that is written from this insight. */
    public Optional<Blog> latestFor(UUID insightId) {
        return door.sql("select " + COMMON + ", " + OWN + """
                 from public.blogs where user_id = :tenant and insight_id = :insight_id order by created_at desc, id limit 1
                """)
                .param("insight_id", insightId)
                .first(this::read);
    }

    @Override
    void save(Blog text, TextChange.State state, Writer writer, List<TextSource> sources, @Nullable List<TextMark> marks) {
        door.sql("""
                update public.blogs
                set title = :title, content = :content, sources = cast(:sources as jsonb), marks = cast(:marks as jsonb), model = :model, unedited = :unedited, scheduled_for = :scheduled_for, updated_at = now(),
                  time_zone = coalesce(:time_zone, (select time_zone from public.user_profiles where user_id = :tenant))
                where user_id = :tenant and id = :id
                """)
                .param("title", state.title())
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
    Blog read(ResultSet row) throws SQLException {
        return new Blog(
                Columns.id(row),
                Columns.id(row, "user_id"),
                row.getString("title"),
                row.getString("content"),
                status(row),
                Columns.optionalInstant(row, "scheduled_for"),
                Columns.zone(row, "time_zone"),
                row.getObject("insight_id", UUID.class),
                row.getObject("persona_id", UUID.class),
                writer(row),
                sources(row),
                marks(row),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
