package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private static final int AUTHORS_OF = 50;
    private static final int MADE = 3;
    private static final String INSIGHTS = """
            select id, topic, reason, score, dismissed, first_seen_at, seen_at,
              (select count(*) from (select 1 from public.insight_posts p where p.user_id = :tenant and p.insight_id = insight.id limit 10000) as counted) as posts,
              array(select post.author from (select post_id from public.insight_posts p where p.user_id = :tenant and p.insight_id = insight.id
                  order by strength desc, post_id limit :authors_of) as best
                join public.tweets_cache post on post.user_id = :tenant and post.id = best.post_id group by post.author order by count(*) desc, post.author) as authors,
              (select max(post.created_at) from (select post_id from public.insight_posts p where p.user_id = :tenant and p.insight_id = insight.id
                  order by strength desc, post_id limit 1000) as found
                join public.tweets_cache post on post.user_id = :tenant and post.id = found.post_id) as newest_at
            from public.insights as insight where user_id = :tenant
            """;
    private static final String MATCHING = " and dismissed = :dismissed and public.search_text(topic) ~ all(cast((select public.search_patterns(:words)) as text[])) ";

    private final TenantDoor door;
    private final CollectedPosts posts;

    Insights(TenantDoor door, CollectedPosts posts) {
        this.door = door;
        this.posts = posts;
    }

    /**
     * Lists topics.
     *
     * @param words words of the topic; null for all
     * @param dismissed whether those that the person does not want to see
     */
    public List<Insight> list(@Nullable String words, boolean dismissed, InsightOrder order, Page page) {
        TenantStatement statement = switch (order) {
            case HOTTEST -> door.sql(INSIGHTS + MATCHING + "order by score desc, seen_at desc, id limit :limit offset :offset");
            case NEWEST -> door.sql(INSIGHTS + MATCHING + "order by seen_at desc, id limit :limit offset :offset");
        };
        return withStrongest(matching(statement, words, dismissed)
                .param("authors_of", AUTHORS_OF)
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
        return withStrongest(door.sql(INSIGHTS + " and id = :id").param("authors_of", AUTHORS_OF).param("id", id).list(Insights::read)).stream()
                .findFirst().orElseThrow(Failure::notFound);
    }

    /** Returns the posts of a topic, the strongest first. */
    public List<CollectedPost> posts(UUID id, Page page) {
        List<UUID> ids = door.sql("""
                select post_id from public.insight_posts where user_id = :tenant and insight_id = :id order by strength desc, post_id limit :limit offset :offset
                """)
                .param("id", id)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(row -> Columns.id(row, "post_id"));
        Map<UUID, CollectedPost> read = posts.of(ids);
        return ids.stream().map(read::get).filter(Objects::nonNull).toList();
    }

    /** Hides a topic, or shows it again. Posts that come are added to it all the same, so that it does not come back as another. */
    public Insight dismiss(UUID id, boolean dismissed) {
        door.transaction(() -> {
            String topic = door.sql("""
                    update public.insights set dismissed = :dismissed where user_id = :tenant and id = :id and dismissed <> :dismissed returning topic
                    """)
                    .param("dismissed", dismissed)
                    .param("id", id)
                    .first(row -> row.getString("topic"))
                    .orElse(null);
            if (topic != null) {
                door.audit(dismissed ? "insight.dismissed" : "insight.restored", topic);
            }
        });
        return get(id);
    }

    /** What was made of these topics, the oldest first; of each kind the newest three. Topics of which nothing was made are left out. */
    public Map<UUID, List<MadeText>> made(Collection<UUID> insights) {
        if (insights.isEmpty()) {
            return Map.of();
        }
        return door.sql("""
                select topic.id as insight_id, made.kind, made.id, made.title, made.status from unnest(cast(:ids as uuid[])) as topic (id) cross join lateral (
                  (select 'blog' as kind, id, title, status, created_at from public.blogs
                   where user_id = :tenant and insight_id = topic.id order by created_at desc, id limit :most)
                  union all
                  (select 'thread', id, title, status, created_at from public.tweet_threads
                   where user_id = :tenant and insight_id = topic.id order by created_at desc, id limit :most)) as made
                order by topic.id, made.created_at, made.id
                """)
                .param("ids", insights.toArray(UUID[]::new))
                .param("most", MADE)
                .list(row -> Map.entry(Columns.id(row, "insight_id"), new MadeText(
                        Columns.word(row, "text", "kind", Columns.constant(TextKind.class)), Columns.id(row), row.getString("title"), ReviewedTexts.status(row))))
                .stream().collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private List<Insight> withStrongest(List<Insight> insights) {
        if (insights.isEmpty()) {
            return List.of();
        }
        List<Map.Entry<UUID, UUID>> strongest = door.sql("""
                select wanted.id, best.post_id from unnest(cast(:ids as uuid[])) as wanted (id) cross join lateral (
                  select post_id, strength from public.insight_posts where user_id = :tenant and insight_id = wanted.id
                  order by strength desc, post_id limit :most) as best
                order by wanted.id, best.strength desc, best.post_id
                """)
                .param("ids", insights.stream().map(Insight::id).toArray(UUID[]::new))
                .param("most", STRONGEST)
                .list(row -> Map.entry(Columns.id(row), Columns.id(row, "post_id")));
        Map<UUID, CollectedPost> read = posts.of(strongest.stream().map(Map.Entry::getValue).toList());
        Map<UUID, List<CollectedPost>> byInsight = strongest.stream().filter(entry -> read.containsKey(entry.getValue()))
                .collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.mapping(entry -> read.get(entry.getValue()), Collectors.toList())));
        return insights.stream().map(insight -> insight.with(byInsight.getOrDefault(insight.id(), List.of()))).toList();
    }

    private static Insight read(ResultSet row) throws SQLException {
        return new Insight(Columns.id(row), row.getString("topic"), row.getString("reason"), row.getDouble("score"), row.getInt("posts"),
                Arrays.asList((String[]) row.getArray("authors").getArray()), List.of(), row.getBoolean("dismissed"),
                Columns.optionalInstant(row, "newest_at"), Columns.instant(row, "first_seen_at"), Columns.instant(row, "seen_at"));
    }
}
