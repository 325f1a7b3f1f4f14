package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import social.coral.tenancy.Columns;
import social.coral.tenancy.Query;
import social.coral.tenancy.TenantDoor;

/** What was found out about the current tenant's topics, once a topic. */
@Component
public final class Findings {

    /** What searches call these texts. */
    public static final String KIND = "insight";

    static final String TABLE = "insights";

    private static final String OPEN = " from public.insights as insight where user_id = :tenant and not dismissed and score > 0 and (expires_at is null or expires_at < now()) ";
    private static final String UNWRITTEN = """
             from public.insights as insight where user_id = :tenant and not dismissed and expires_at > now()
              and not exists (select blog.id from public.blogs as blog where blog.user_id = :tenant and blog.insight_id = insight.id)
            """;
    private static final String HOTTEST = "order by score desc, seen_at desc, id limit :most";
    private static final String WITH_ID = "and insight.id = :id";

    private final TenantDoor door;

    Findings(TenantDoor door) {
        this.door = door;
    }

    /** A topic that something can be made of. */
    public record Topic(UUID id, String topic) {}

    /** Gives a row if a topic lacks research. */
    public Query<Boolean> anyOpen() {
        return door.sql("select true" + OPEN + "limit 1").query(row -> row.getBoolean(1));
    }

    /** Returns the topics that lack research, or whose research has expired; the hottest first. */
    public List<Topic> open(int most) {
        return door.sql("select id, topic" + OPEN + HOTTEST).param("most", most).list(Findings::topic);
    }

    /** Returns the topic with this id, if it lacks research or its research has expired. */
    public Optional<Topic> open(UUID id) {
        return door.sql("select id, topic" + OPEN + WITH_ID).param("id", id).first(Findings::topic);
    }

    /** Gives a row if there is any research. */
    public Query<Boolean> any() {
        return door.sql("select true from public.insights where user_id = :tenant and expires_at is not null limit 1").query(row -> row.getBoolean(1));
    }

    /** Gives a row if there is research of which nothing has been written, or a blog post of an agent of which changes are wanted. */
    public Query<Boolean> anyToWrite() {
        return door.sql("select true" + UNWRITTEN + """
                union all select true from public.blogs as wanted
                where wanted.user_id = :tenant and wanted.status = 'changes_wanted' and wanted.written_by is not null and wanted.unedited limit 1
                """).query(row -> row.getBoolean(1));
    }

    /** Returns the topics with research of which no blog post has been written; the hottest first. */
    public List<Topic> unwritten(int most) {
        return door.sql("select id, topic" + UNWRITTEN + HOTTEST).param("most", most).list(Findings::topic);
    }

    /** Returns the topic with this id, if it has research of which no blog post has been written. */
    public Optional<Topic> unwritten(UUID id) {
        return door.sql("select id, topic" + UNWRITTEN + WITH_ID).param("id", id).first(Findings::topic);
    }

    private static Topic topic(ResultSet row) throws SQLException {
        return new Topic(Columns.id(row), row.getString("topic"));
    }

    /** Stores what was found out about a topic in place of what was there; false if the topic is gone. */
    public boolean store(UUID insight, Finding finding) {
        return door.transaction(() -> {
            boolean there = door.sql("""
                    update public.insights set question = :question, answer = :answer, answered_by = :answered_by, answered_at = :answered_at, expires_at = :expires_at
                    where user_id = :tenant and id = :insight
                    """)
                    .param("question", finding.question())
                    .param("answer", finding.answer())
                    .param("answered_by", finding.answeredBy())
                    .param("answered_at", finding.answeredAt())
                    .param("expires_at", finding.expiresAt())
                    .param("insight", insight)
                    .update() > 0;
            if (there) {
                door.sql("delete from public.insight_sources where user_id = :tenant and insight_id = :insight").param("insight", insight).update();
                if (!finding.sources().isEmpty()) {
                    door.sql("insert into public.insight_sources (insight_id, number, url, title, published_at, state, post_id) values :rows")
                            .rows("rows", finding.sources().stream().map(source -> new Object[] {insight, source.number(), source.url(), source.title(),
                                source.publishedAt(), source.state().toString(), source.postId()}).toList())
                            .update();
                }
                door.changed(TABLE, List.of(insight));
            }
            return there;
        });
    }

    public Optional<Finding> of(UUID insight) {
        return Optional.ofNullable(of(List.of(insight)).get(insight));
    }

    /** What was found out about these topics, by their ids; those without research are left out. */
    public Map<UUID, Finding> of(Collection<UUID> insights) {
        if (insights.isEmpty()) {
            return Map.of();
        }
        UUID[] ids = insights.toArray(UUID[]::new);
        record Cited(UUID insight, Finding.Source source) {}
        Map<UUID, List<Finding.Source>> sources = door.sql("""
                select insight_id, number, url, title, published_at, state, post_id from public.insight_sources
                where user_id = :tenant and insight_id = any(:ids) order by insight_id, number
                """)
                .param("ids", ids)
                .list(row -> new Cited(Columns.id(row, "insight_id"), new Finding.Source(row.getInt("number"), row.getString("url"), row.getString("title"),
                        Columns.optionalInstant(row, "published_at"), Columns.word(row, "source of an insight", "state", Columns.constant(Finding.State.class)), row.getObject("post_id", UUID.class))))
                .stream().collect(Collectors.groupingBy(Cited::insight, Collectors.mapping(Cited::source, Collectors.toList())));
        return door.sql("""
                select id, question, answer, answered_by, answered_at, expires_at from public.insights
                where user_id = :tenant and id = any(:ids) and answer is not null
                """)
                .param("ids", ids)
                .list(row -> Map.entry(Columns.id(row), new Finding(row.getString("question"), row.getString("answer"), row.getString("answered_by"),
                        Columns.instant(row, "answered_at"), Columns.instant(row, "expires_at"), sources.getOrDefault(Columns.id(row), List.of()))))
                .stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
