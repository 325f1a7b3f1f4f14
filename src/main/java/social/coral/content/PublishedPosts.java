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
import social.coral.content.PublishedPost.Kind;
import social.coral.networks.CountedPosts;
import social.coral.networks.Network;
import social.coral.networks.PostCounts;
import social.coral.networks.PostIds;
import social.coral.networks.SocialNetwork;
import social.coral.tenancy.Columns;
import social.coral.tenancy.Query;
import social.coral.tenancy.TenantDoor;

/**
 * What the current tenant has published, and how it is doing over time. Posts of the person's own accounts are taken up from what was imported
 * and collected; an account is the person's own if an import is of its posts.
 */
@Component
public class PublishedPosts {

    static final String COLUMNS = """
            id, network, post_id, author, content, kind, published_at, text_id, insight_id, persona_id, likes, reposts, replies, quotes, impressions,
            counted_at, gone_at
            """;

    private static final int BATCH = 1_000;
    private static final int MAX_BATCHES = 200;
    private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");
    private static final Instant NEVER = Instant.parse("2199-01-01T00:00:00Z");
    private static final int UNKNOWN = -1;

    private final TenantDoor door;

    PublishedPosts(TenantDoor door) {
        this.door = door;
        door.follow(CollectedPosts.TABLE, this::follow);
    }

    /** A post whose counts are to be read. */
    public record Due(UUID id, String postId, Instant publishedAt) {}

    /** How many posts a batch has counted, and how many of them are gone. */
    public record Counted(int counted, int gone) {}

    private record Source(UUID id, Network network, String postId, String author, String content, Kind kind, Instant publishedAt,
            int likes, int reposts, @Nullable Integer replies, boolean known, Instant countsAt) {}

    /** Gives a row if anything that the person published is known. */
    public Query<Boolean> any() {
        return door.sql("select true from public.published_posts where user_id = :tenant limit 1").query(row -> row.getBoolean(1));
    }

    /** Takes up what is new of the person's own accounts; the newest {@value #MAX_BATCHES} thousand at most, each batch in a transaction. */
    public void takeUp() {
        takeUp(Instant.EPOCH);
    }

    /** The same of what is still young enough to be counted. */
    public void takeUpYoung() {
        takeUp(Instant.now().minus(CountingAges.LAST));
    }

    private void takeUp(Instant since) {
        removeOrphans();
        Instant before = END;
        for (int batch = 0; batch < MAX_BATCHES; batch++) {
            Instant until = before;
            List<Source> taken = door.transaction(() -> takeUp(since, until));
            if (taken.size() < BATCH) {
                return;
            }
            before = taken.getLast().publishedAt();
        }
    }

    private List<Source> takeUp(Instant since, Instant until) {
        List<Source> own = door.sql("""
                select id, network, tweet_id, author, left(content, 1000) as content, created_at, likes, retweets, counts_at,
                  case when source = 'collected' or replies > 0 or replies_told then replies end as replies,
                  in_reply_to_id is not null as reply,
                  source = 'collected' or origin <> 'table' or counts_told or likes + retweets + replies > 0 as known,
                  exists (select 1 from public.tweets_cache as parent where parent.user_id = :tenant and parent.network = post.network
                    and parent.tweet_id = post.in_reply_to_id and parent.author = post.author) as of_thread
                from public.tweets_cache as post
                where user_id = :tenant and author = any(array(
                    select distinct owner from public.imports where user_id = :tenant and owner is not null and removed is null))
                  and created_at >= :since and created_at <= :until and (import_id is not null or network = 'x')
                  and not exists (select 1 from public.published_posts as published
                    where published.user_id = :tenant and published.network = post.network and published.post_id = post.tweet_id)
                order by created_at desc, id limit :most
                """)
                .param("since", since)
                .param("until", until)
                .param("most", BATCH)
                .list(PublishedPosts::source);
        if (!own.isEmpty()) {
            insert(own);
        }
        return own;
    }

    private static Source source(ResultSet row) throws SQLException {
        Kind kind = row.getBoolean("of_thread") ? Kind.THREAD : row.getBoolean("reply") ? Kind.REPLY : Kind.TWEET;
        return new Source(Columns.id(row), Columns.word(row, "network", Network::of), row.getString("tweet_id"), row.getString("author"),
                row.getString("content"), kind, Columns.instant(row, "created_at"), row.getInt("likes"), row.getInt("retweets"),
                row.getObject("replies", Integer.class), row.getBoolean("known"), Columns.instant(row, "counts_at"));
    }

    /** What a table gave no counts for is not known, rather than liked by nobody, and X's archives do not tell replies. */
    private void insert(List<Source> own) {
        Instant now = Instant.now();
        Set<UUID> added = Set.copyOf(door.sql("""
                insert into public.published_posts (id, network, post_id, author, content, kind, published_at, cache_id, likes, reposts, replies,
                  counted_at, count_due_at)
                values :rows on conflict do nothing returning id
                """)
                .rows("rows", own.stream().map(post -> row(post, now)).toList())
                .list(Columns::id));
        List<@Nullable Object[]> first = own.stream().filter(post -> post.known() && added.contains(post.id()))
                .map(post -> new @Nullable Object[] {post.id(), 0, post.countsAt(), post.likes(), post.reposts(), post.replies()}).toList();
        if (!first.isEmpty()) {
            door.sql("""
                    insert into public.engagement_metrics (published_post_id, number, measured_at, likes, reposts, replies) values :rows
                    on conflict (user_id, published_post_id, number) do nothing
                    """)
                    .rows("rows", first)
                    .update();
        }
    }

    private static @Nullable Object[] row(Source post, Instant now) {
        boolean known = post.known();
        return new @Nullable Object[] {post.id(), post.network(), post.postId(), post.author(), post.content(), post.kind(), post.publishedAt(),
            post.id(), known ? post.likes() : null, known ? post.reposts() : null, known ? post.replies() : null, known ? post.countsAt() : null,
            firstDue(post, now)};
    }

    /** A post without an id of its network cannot be asked for. */
    private static @Nullable Instant firstDue(Source post, Instant now) {
        return PostIds.isDerived(post.postId()) || CountingAges.next(post.publishedAt(), now) == null ? null : now;
    }

    /** Keeps what was taken up true to the posts that it came from; what was forgotten or taken back goes with them. */
    private void follow(Set<UUID> changed) {
        if (changed.isEmpty()) {
            removeOrphans();
            return;
        }
        Instant now = Instant.now();
        door.sql("""
                update public.published_posts as published set post_id = post.tweet_id, author = post.author, content = left(post.content, 1000),
                  count_due_at = case when published.post_id like 'd-%' and post.tweet_id not like 'd-%' and post.created_at > :young
                    then cast(:now as timestamptz) else published.count_due_at end
                from public.tweets_cache as post
                where post.user_id = :tenant and post.id = any(:ids) and published.user_id = :tenant and published.cache_id = post.id
                  and (published.post_id <> post.tweet_id or published.author <> post.author or published.content <> left(post.content, 1000))
                  and not exists (select 1 from public.published_posts as other where other.user_id = :tenant and other.network = post.network
                    and other.post_id = post.tweet_id and other.id <> published.id)
                """)
                .param("ids", changed.toArray(UUID[]::new))
                .param("now", now)
                .param("young", now.minus(CountingAges.LAST))
                .update();
    }

    private void removeOrphans() {
        door.sql("""
                delete from public.published_posts as published where user_id = :tenant and text_id is null and not exists (
                  select 1 from public.tweets_cache as post where post.user_id = :tenant and post.id = published.cache_id)
                """)
                .update();
    }

    /** Returns posts of a network whose counts are to be read now, those that have waited longest first; as many as one call takes. */
    public List<Due> due(Network network) {
        return door.sql("""
                select id, post_id, published_at from public.published_posts
                where user_id = :tenant and network = :network and count_due_at <= now() order by count_due_at, id limit :most
                """)
                .param("network", network)
                .param("most", SocialNetwork.MAX_IDS)
                .list(row -> new Due(Columns.id(row), row.getString("post_id"), Columns.instant(row, "published_at")));
    }

    /**
     * Stores what was counted, and when each post is due again. A post that is gone is never asked for again; one of which nothing is known keeps
     * what it had until its next time.
     *
     * @param at when the network was asked
     */
    public Counted store(List<Due> asked, CountedPosts answer, Instant at) {
        return door.transaction(() -> {
            Set<UUID> there = Set.copyOf(door.sql("""
                    select id from public.published_posts where user_id = :tenant and id = any(:ids) order by id for no key update
                    """)
                    .param("ids", asked.stream().map(Due::id).toArray(UUID[]::new))
                    .list(Columns::id));
            List<Due> posts = asked.stream().filter(post -> there.contains(post.id())).toList();
            List<@Nullable Object[]> series = new ArrayList<>();
            for (Due post : posts) {
                CountedPosts.Count count = answer.posts().get(post.postId());
                if (count != null) {
                    PostCounts counts = count.counts();
                    series.add(new @Nullable Object[] {post.id(), CountingAges.number(post.publishedAt(), at), at, counts.likes(), counts.retweets(),
                        counts.replies(), count.quotes(), count.impressions()});
                }
            }
            if (!series.isEmpty()) {
                door.sql("""
                        insert into public.engagement_metrics (published_post_id, number, measured_at, likes, reposts, replies, quotes, impressions)
                        values :rows on conflict (user_id, published_post_id, number) do nothing
                        """)
                        .rows("rows", series)
                        .update();
            }
            if (!posts.isEmpty()) {
                update(posts, answer, at);
            }
            return new Counted(series.size(), (int) posts.stream().filter(post -> answer.gone().contains(post.postId())).count());
        });
    }

    private void update(List<Due> posts, CountedPosts answer, Instant at) {
        door.sql("""
                update public.published_posts as post set
                  likes = case when fresh.counted then fresh.likes else post.likes end,
                  reposts = case when fresh.counted then fresh.reposts else post.reposts end,
                  replies = case when fresh.counted then fresh.replies else post.replies end,
                  quotes = case when fresh.quotes < 0 then post.quotes else fresh.quotes end,
                  impressions = case when fresh.impressions < 0 then post.impressions else fresh.impressions end,
                  counted_at = case when fresh.counted then cast(:at as timestamptz) else post.counted_at end,
                  gone_at = case when fresh.gone then cast(:at as timestamptz) else post.gone_at end,
                  count_due_at = case when fresh.due < :never then fresh.due end
                from (values :rows) as fresh (id, counted, gone, likes, reposts, replies, quotes, impressions, due)
                where post.user_id = :tenant and post.id = fresh.id
                """)
                .param("at", at)
                .param("never", NEVER)
                .rows("rows", posts.stream().map(post -> fresh(post, answer, at)).toList())
                .update();
    }

    private static Object[] fresh(Due post, CountedPosts answer, Instant at) {
        CountedPosts.Count count = answer.posts().get(post.postId());
        boolean gone = answer.gone().contains(post.postId());
        Instant due = gone ? NEVER : Objects.requireNonNullElse(CountingAges.next(post.publishedAt(), at), NEVER);
        if (count == null) {
            return new Object[] {post.id(), false, gone, 0, 0, 0, UNKNOWN, UNKNOWN, due};
        }
        PostCounts counts = count.counts();
        return new Object[] {post.id(), true, gone, counts.likes(), counts.retweets(), counts.replies(), orUnknown(count.quotes()),
            orUnknown(count.impressions()), due};
    }

    private static int orUnknown(@Nullable Integer count) {
        return count == null ? UNKNOWN : count;
    }

    static PublishedPost read(ResultSet row) throws SQLException {
        return new PublishedPost(
                Columns.id(row),
                Columns.word(row, "network", Network::of),
                row.getString("post_id"),
                row.getString("author"),
                row.getString("content"),
                Columns.word(row, "published post", "kind", Columns.constant(Kind.class)),
                Columns.instant(row, "published_at"),
                row.getObject("text_id", UUID.class),
                row.getObject("insight_id", UUID.class),
                row.getObject("persona_id", UUID.class),
                row.getObject("likes", Integer.class),
                row.getObject("reposts", Integer.class),
                row.getObject("replies", Integer.class),
                row.getObject("quotes", Integer.class),
                row.getObject("impressions", Integer.class),
                Columns.optionalInstant(row, "counted_at"),
                Columns.optionalInstant(row, "gone_at"));
    }
}
