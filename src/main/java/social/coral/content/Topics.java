package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.StorableText;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** What an agent reads of the current tenant's posts to find topics, and where it stores what it found. */
@Component
public class Topics {

    private static final int MAX_TOPIC = 200;
    private static final int KNOWN_TOPICS = 200;
    private static final int KNOWN_POSTS = 5;
    private static final String ENGAGEMENT = "cast(likes as bigint) + 2 * cast(retweets as bigint) + replies";
    private static final String CANDIDATE = """
            select post.id, post.author, left(post.content, 2000) as content, post.lang, post.created_at, member.insight_id, post.status = 'unprocessed' as fresh,
            """ + ENGAGEMENT + " as engagement";

    private final TenantDoor door;

    Topics(TenantDoor door) {
        this.door = door;
    }

    /**
     * What is known of a post when topics are looked for.
     *
     * @param text the first 2,000 characters
     * @param engagement likes, replies and twice the reposts
     * @param insight the topic that it belongs to; null for none
     * @param fresh whether agents have not read it yet
     */
    public record Candidate(
            UUID id, String author, String text, @Nullable String language, Instant createdAt, long engagement, @Nullable UUID insight, boolean fresh) {}

    /** Returns the newest posts that were written in a time, at most so many, the newest first. */
    public List<Candidate> newest(Instant from, Instant until, int most) {
        return door.sql(CANDIDATE + """
                 from public.tweets_cache post left join public.insight_posts member on member.user_id = :tenant and member.post_id = post.id
                where post.user_id = :tenant and post.created_at >= :from and post.created_at < :until order by post.created_at desc, post.id limit :most
                """)
                .param("from", from)
                .param("until", until)
                .param("most", most)
                .list(Topics::candidate);
    }

    /** Returns some posts, written before a time, of each topic that posts were added to since, the newest topics first. */
    public List<Candidate> ofTopics(Instant since, Instant writtenBefore) {
        return door.sql(CANDIDATE + """
                 from (select id from public.insights where user_id = :tenant and seen_at >= :since order by seen_at desc, id limit :topics) as topic
                cross join lateral (
                  select post_id, insight_id from public.insight_posts where user_id = :tenant and insight_id = topic.id
                  order by strength desc, post_id limit :posts) as member
                join public.tweets_cache post on post.user_id = :tenant and post.id = member.post_id
                where post.created_at < :until
                """)
                .param("since", since)
                .param("until", writtenBefore)
                .param("topics", KNOWN_TOPICS)
                .param("posts", KNOWN_POSTS)
                .list(Topics::candidate);
    }

    private static Candidate candidate(ResultSet row) throws SQLException {
        return new Candidate(Columns.id(row), row.getString("author"), row.getString("content"), row.getString("lang"), Columns.instant(row, "created_at"),
                row.getLong("engagement"), row.getObject("insight_id", UUID.class), row.getBoolean("fresh"));
    }

    /** Returns each author's usual engagement: the median over the posts that were written in a time. */
    public Map<String, Double> usual(Collection<String> authors, Instant from, Instant until) {
        return authors.isEmpty() ? Map.of() : door.sql("select author, percentile_cont(0.5) within group (order by " + ENGAGEMENT + """
                ) as usual from public.tweets_cache
                where user_id = :tenant and author = any(:authors) and created_at >= :from and created_at < :until group by author
                """)
                .param("authors", authors.toArray(String[]::new))
                .param("from", from)
                .param("until", until)
                .list(row -> Map.entry(row.getString("author"), row.getDouble("usual"))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Returns the names of topics by their ids; those that are gone are left out. */
    public Map<UUID, String> names(Collection<UUID> ids) {
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
     * Stores what was found and marks posts as read. Topics that are not among it get no score, and those that have lost all their posts go.
     * What was removed meanwhile is left out.
     *
     * @param quiet the reason of a topic that has no score any more
     * @param read the posts that were looked at
     */
    public void store(List<Found> found, String quiet, Collection<UUID> read) {
        door.transaction(() -> {
            List<Object[]> added = new ArrayList<>();
            List<Object[]> changed = new ArrayList<>();
            List<Object[]> members = new ArrayList<>();
            for (Found topic : found) {
                UUID id = topic.id() == null ? UUID.randomUUID() : topic.id();
                if (topic.id() == null) {
                    added.add(new Object[] {id, StorableText.truncate(topic.topic(), MAX_TOPIC), topic.reason(), topic.score()});
                } else {
                    changed.add(new Object[] {id, topic.reason(), topic.score()});
                }
                topic.strengths().forEach((post, strength) -> members.add(new Object[] {id, post, strength}));
            }
            silence(changed.stream().map(row -> (UUID) row[0]).toArray(UUID[]::new), quiet);
            if (!added.isEmpty()) {
                door.sql("insert into public.insights (id, topic, reason, score) values :rows").rows("rows", added).update();
            }
            if (!changed.isEmpty()) {
                door.sql("""
                        update public.insights as insight set reason = fresh.reason, score = fresh.score
                        from (values :rows) as fresh (id, reason, score) where insight.user_id = :tenant and insight.id = fresh.id
                        """)
                        .rows("rows", changed)
                        .update();
                door.sql("update public.insights set seen_at = now() where user_id = :tenant and id = any(:grown)")
                        .param("grown", found.stream().filter(Found::grown).map(Found::id).filter(Objects::nonNull).toArray(UUID[]::new))
                        .update();
            }
            Set<UUID> posts = locked("select id from public.tweets_cache where user_id = :tenant and id = any(:ids) for key share", members, 1);
            Set<UUID> topics = locked("select id from public.insights where user_id = :tenant and id = any(:ids) for key share", members, 0);
            members.removeIf(member -> !topics.contains(member[0]) || !posts.contains(member[1]));
            if (!members.isEmpty()) {
                door.sql("""
                        insert into public.insight_posts (insight_id, post_id, strength) values :rows
                        on conflict (user_id, post_id) do update set strength = excluded.strength
                        """)
                        .rows("rows", members)
                        .update();
            }
            door.sql("""
                    delete from public.insights as insight where user_id = :tenant and not exists (
                      select 1 from public.insight_posts member where member.user_id = :tenant and member.insight_id = insight.id)
                    """)
                    .update();
            door.removed(Findings.TABLE);
            if (!read.isEmpty()) {
                door.sql("update public.tweets_cache set status = 'processed' where user_id = :tenant and id = any(:read) and status = 'unprocessed'")
                        .param("read", read.toArray(UUID[]::new))
                        .update();
            }
        });
    }

    /** Which of the rows that members name are still there; they stay until the end of the transaction. */
    private Set<UUID> locked(String statement, List<Object[]> members, int column) {
        return members.isEmpty() ? Set.of() : Set.copyOf(door.sql(statement)
                .param("ids", members.stream().map(member -> (UUID) member[column]).distinct().toArray(UUID[]::new))
                .list(Columns::id));
    }

    private void silence(UUID[] loud, String quiet) {
        door.sql("update public.insights set score = 0, reason = :quiet where user_id = :tenant and score > 0 and not id = any(:loud)")
                .param("loud", loud)
                .param("quiet", quiet)
                .update();
    }
}
