package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;
import social.coral.tenancy.TenantStatement;

/** Topics that the current tenant's posts are about. A post belongs to one at most, also while the person does not want to see it. */
@Component
public class Insights {

    private static final int STRONGEST = 3;
    private static final int MAX_TOPIC = 200;
    private static final String INSIGHTS = """
            select id, topic, reason, score, dismissed, first_seen_at, seen_at,
              (select count(*) from (select 1 from public.insight_posts p where p.user_id = :tenant and p.insight_id = insight.id limit 10000) as counted) as posts
            from public.insights as insight where user_id = :tenant
            """;
    private static final String MATCHING = " and dismissed = :dismissed and public.search_text(topic) ~ all(cast((select public.search_patterns(:words)) as text[])) ";

    private final TenantDoor door;
    private final CollectedPosts posts;

    Insights(TenantDoor door, CollectedPosts posts) {
        this.door = door;
        this.posts = posts;
    }

    /** A row without its strongest posts. */
    private record Row(UUID id, String topic, String reason, double score, int posts, boolean dismissed, Instant firstSeenAt, Instant seenAt) {

        Insight with(List<CollectedPost> strongest) {
            return new Insight(id, topic, reason, score, posts, strongest, dismissed, firstSeenAt, seenAt);
        }
    }

    /**
     * Lists the hottest first.
     *
     * @param words words of the topic; null for all
     * @param dismissed whether those that the person does not want to see
     */
    public List<Insight> list(@Nullable String words, boolean dismissed, Page page) {
        return withStrongest(matching(door.sql(INSIGHTS + MATCHING + "order by score desc, seen_at desc, id limit :limit offset :offset"), words, dismissed)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(Insights::read));
    }

    /** Counts them, up to {@code most}. */
    public int count(@Nullable String words, boolean dismissed, int most) {
        return matching(door.sql("select count(*) from (select 1 from public.insights where user_id = :tenant" + MATCHING + "limit :most) as counted"), words, dismissed)
                .param("most", most)
                .one(row -> row.getInt(1));
    }

    private static TenantStatement matching(TenantStatement statement, @Nullable String words, boolean dismissed) {
        return statement.words(SearchWords.pieces("q", "The search", words)).param("dismissed", dismissed);
    }

    public Insight get(UUID id) {
        return withStrongest(door.sql(INSIGHTS + " and id = :id").param("id", id).list(Insights::read)).stream().findFirst().orElseThrow(Failure::notFound);
    }

    /** Hides a topic, or shows it again. Posts that come are added to it all the same, so that it does not come back as another. */
    public Insight dismiss(UUID id, boolean dismissed) {
        door.transaction(() -> {
            Insight before = get(id);
            if (before.dismissed() != dismissed) {
                door.sql("update public.insights set dismissed = :dismissed where user_id = :tenant and id = :id")
                        .param("dismissed", dismissed)
                        .param("id", id)
                        .update();
                door.audit(dismissed ? "insight.dismissed" : "insight.restored", before.topic());
            }
        });
        return get(id);
    }

    private List<Insight> withStrongest(List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<UUID>> strongest = door.sql("""
                select wanted.id, best.post_id from unnest(cast(:ids as uuid[])) as wanted (id) cross join lateral (
                  select post_id, strength from public.insight_posts where user_id = :tenant and insight_id = wanted.id
                  order by strength desc, post_id limit :most) as best
                order by wanted.id, best.strength desc, best.post_id
                """)
                .param("ids", rows.stream().map(Row::id).toArray(UUID[]::new))
                .param("most", STRONGEST)
                .list(row -> Map.entry(Columns.id(row), Columns.id(row, "post_id"))).stream()
                .collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        Map<UUID, CollectedPost> read = posts.of(strongest.values().stream().flatMap(List::stream).toList()).stream()
                .collect(Collectors.toMap(CollectedPost::id, post -> post));
        return rows.stream().map(row -> row.with(strongest.getOrDefault(row.id(), List.of()).stream().filter(read::containsKey).map(read::get).toList())).toList();
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(Columns.id(row), row.getString("topic"), row.getString("reason"), row.getDouble("score"), row.getInt("posts"), row.getBoolean("dismissed"),
                Columns.instant(row, "first_seen_at"), Columns.instant(row, "seen_at"));
    }

    /**
     * What is known of a post when topics are looked for.
     *
     * @param text the first 2,000 characters
     * @param insight the topic that it belongs to; null for none
     * @param fresh whether agents have not read it yet
     */
    public record Candidate(UUID id, String author, String text, @Nullable String language, Instant createdAt, long engagement, @Nullable UUID insight, boolean fresh) {}

    /** Returns the newest posts that were written since then, at most so many, the newest first. */
    public List<Candidate> candidates(Instant since, int most) {
        return door.sql("""
                select post.id, post.author, left(post.content, 2000) as content, post.lang, post.created_at, cast(post.likes as bigint) + 2 * post.retweets + post.replies as engagement,
                  member.insight_id, post.status = 'unprocessed' as fresh
                from public.tweets_cache post left join public.insight_posts member on member.user_id = :tenant and member.post_id = post.id
                where post.user_id = :tenant and post.created_at >= :since order by post.created_at desc, post.id limit :most
                """)
                .param("since", since)
                .param("most", most)
                .list(row -> new Candidate(Columns.id(row), row.getString("author"), row.getString("content"), row.getString("lang"), Columns.instant(row, "created_at"),
                        row.getLong("engagement"), row.getObject("insight_id", UUID.class), row.getBoolean("fresh")));
    }

    /** Returns each author's usual engagement: the median over the posts of these days before {@code until}. */
    public Map<String, Double> usual(Collection<String> authors, Instant until, Duration before) {
        return authors.isEmpty() ? Map.of() : door.sql("""
                select author, percentile_cont(0.5) within group (order by cast(likes as bigint) + 2 * retweets + replies) as usual
                from public.tweets_cache where user_id = :tenant and author = any(:authors) and created_at >= :from and created_at < :until group by author
                """)
                .param("authors", authors.toArray(String[]::new))
                .param("from", until.minus(before))
                .param("until", until)
                .list(row -> Map.entry(row.getString("author"), row.getDouble("usual"))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The names of topics, by their ids; those that are gone are left out. */
    public Map<UUID, String> topics(Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : door.sql("select id, topic from public.insights where user_id = :tenant and id = any(:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .list(row -> Map.entry(Columns.id(row), row.getString("topic"))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * A topic as it is now.
     *
     * @param id null for a new one
     * @param strengths its posts of the time that was looked at, with what each adds to the score
     * @param grown whether a post was added
     */
    public record Found(@Nullable UUID id, String topic, String reason, double score, Map<UUID, Double> strengths, boolean grown) {}

    /**
     * Stores what was found, gives the topics that are not among it no score, and marks posts as read. What was removed meanwhile is left out.
     *
     * @param read the posts that were looked at
     */
    public void store(List<Found> found, Collection<UUID> read) {
        door.transaction(() -> {
            List<Object[]> added = new ArrayList<>();
            List<Object[]> changed = new ArrayList<>();
            List<Object[]> members = new ArrayList<>();
            for (Found topic : found) {
                UUID id = topic.id() == null ? UUID.randomUUID() : topic.id();
                if (topic.id() == null) {
                    added.add(new Object[] {id, topic.topic().substring(0, Math.min(MAX_TOPIC, topic.topic().length())), topic.reason(), topic.score()});
                } else {
                    changed.add(new Object[] {id, topic.reason(), topic.score(), topic.grown()});
                }
                topic.strengths().forEach((post, strength) -> members.add(new Object[] {id, post, strength}));
            }
            door.sql("update public.insights set score = 0 where user_id = :tenant and score > 0 and not id = any(:live)")
                    .param("live", changed.stream().map(row -> (UUID) row[0]).toArray(UUID[]::new))
                    .update();
            if (!added.isEmpty()) {
                door.sql("insert into public.insights (id, topic, reason, score) values :rows").rows("rows", added).update();
            }
            if (!changed.isEmpty()) {
                door.sql("""
                        update public.insights as insight set reason = fresh.reason, score = fresh.score,
                          seen_at = case when fresh.grown then now() else insight.seen_at end
                        from (values :rows) as fresh (id, reason, score, grown) where insight.user_id = :tenant and insight.id = fresh.id
                        """)
                        .rows("rows", changed)
                        .update();
            }
            if (!members.isEmpty()) {
                door.sql("""
                        insert into public.insight_posts as member (insight_id, post_id, strength)
                        select fresh.insight_id, fresh.post_id, fresh.strength from (values :rows) as fresh (insight_id, post_id, strength)
                        join public.tweets_cache post on post.user_id = :tenant and post.id = fresh.post_id
                        join public.insights insight on insight.user_id = :tenant and insight.id = fresh.insight_id
                        on conflict (user_id, post_id) do update set strength = excluded.strength
                        """)
                        .rows("rows", members)
                        .update();
            }
            door.sql("update public.tweets_cache set status = 'processed' where user_id = :tenant and id = any(:read) and status = 'unprocessed'")
                    .param("read", read.toArray(UUID[]::new))
                    .update();
        });
    }
}
