package social.coral.content;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import social.coral.tenancy.Columns;
import social.coral.tenancy.Query;
import social.coral.tenancy.TenantDoor;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What was judged of the current tenant's blog posts, once a version. */
@Component
public final class Critiques {

    private static final JsonMapper JSON = new JsonMapper();
    /** What an agent wrote, which waits in review, is as the agent wrote it, and has not been judged. */
    private static final String OPEN = """
             from public.blogs as blog where user_id = :tenant and status = 'in_review' and written_by is not null and unedited
              and not exists (select done.id from public.critiques as done where done.user_id = :tenant and done.blog_id = blog.id and done.version = (
                select max(version.number) from public.text_versions as version where version.user_id = :tenant and version.kind = 'blog' and version.text_id = blog.id))
            """;

    private final TenantDoor door;

    Critiques(TenantDoor door) {
        this.door = door;
    }

    /** Gives a row if an agent has written any blog post. */
    public Query<Boolean> anyToJudge() {
        return door.sql("select true from public.blogs where user_id = :tenant and written_by is not null limit 1").query(row -> row.getBoolean(1));
    }

    /** Gives a row if a blog post of an agent waits to be judged. */
    public Query<Boolean> anyOpen() {
        return door.sql("select true" + OPEN + "limit 1").query(row -> row.getBoolean(1));
    }

    /** Returns the blog posts of agents that wait to be judged, the oldest first. */
    public List<UUID> open(int most) {
        return door.sql("select id" + OPEN + "order by created_at, id limit :most").param("most", most).list(Columns::id);
    }

    /** Stores what was judged of a version, unless it was judged before. */
    public void store(UUID blog, Critique critique) {
        door.sql("""
                insert into public.critiques (blog_id, version, verdict, scores, reasons, model)
                values (:blog, :version, :verdict, cast(:scores as jsonb), cast(:reasons as jsonb), :model)
                on conflict (user_id, blog_id, version) do nothing
                """)
                .param("blog", blog)
                .param("version", critique.version())
                .param("verdict", critique.verdict().toString())
                .param("scores", JSON.writeValueAsString(critique.scores()))
                .param("reasons", JSON.writeValueAsString(critique.reasons()))
                .param("model", critique.model())
                .update();
    }

    /** Returns what was judged last of a blog post. */
    public Optional<Critique> latest(UUID blog) {
        return of(blog, 1).stream().findFirst();
    }

    /** Returns what was judged of a blog post, the newest version first; at most 50. */
    public List<Critique> of(UUID blog) {
        return of(blog, 50);
    }

    private List<Critique> of(UUID blog, int most) {
        return door.sql("""
                select version, verdict, scores, reasons, model, created_at from public.critiques
                where user_id = :tenant and blog_id = :blog order by version desc limit :most
                """)
                .param("blog", blog)
                .param("most", most)
                .list(row -> new Critique(row.getInt("version"), Columns.word(row, "critique", "verdict", Columns.constant(Critique.Verdict.class)),
                        JSON.readValue(row.getString("scores"), new TypeReference<>() {}), JSON.readValue(row.getString("reasons"), new TypeReference<>() {}),
                        row.getString("model"), Columns.instant(row, "created_at")));
    }
}
