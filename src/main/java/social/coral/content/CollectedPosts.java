package social.coral.content;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.content.CollectedPost.Source;
import social.coral.content.CollectedPost.Status;
import social.coral.networks.Network;
import social.coral.networks.PostCounts;
import social.coral.networks.SocialNetwork;
import social.coral.tenancy.Columns;
import social.coral.tenancy.Query;
import social.coral.tenancy.TenantDoor;
import social.coral.tenancy.TenantStatement;

/** Posts that agents read: collected from accounts, or imported. Each is there once, however often it was seen. */
@Component
public final class CollectedPosts {

    /** The table, as whoever follows its rows knows it. */
    public static final String TABLE = "tweets_cache";
    /** Their kind among the texts that can be searched. */
    public static final String KIND = "post";

    private static final int MAX_CONVERSATION = 100;

    // One condition for each index that returns the newest first; the search filters the rows that the index leads to.
    // A missing filter is an empty text or array instead of a null, which would cost the statement its single round trip.
    /** What was collected as well is still imported. */
    private static final String AND_SOURCE = " and (:source = '' or source = :source or :source = 'imported' and import_id is not null) ";
    private static final String NEWEST = """
            from public.tweets_cache where user_id = :tenant
              and created_at >= :since""" + SearchWords.AND_MATCH;
    private static final String BY_SOURCE = """
            from public.tweets_cache where user_id = :tenant and source = :source
              and created_at >= :since""" + SearchWords.AND_MATCH;
    private static final String FROM_FILES = """
            from public.tweets_cache where user_id = :tenant and (source = 'imported' or import_id is not null)
              and created_at >= :since""" + SearchWords.AND_MATCH;
    private static final String BY_IMPORT = """
            from public.tweets_cache where user_id = :tenant and import_id = :import and (:status = '' or status = :status)""" + AND_SOURCE + """
            and (:author = '' or author = any(:authors))
              and created_at >= :since""" + SearchWords.AND_MATCH;
    private static final String BY_STATUS = """
            from public.tweets_cache where user_id = :tenant and status = :status""" + AND_SOURCE + """
            and created_at >= :since""" + SearchWords.AND_MATCH;
    private static final String BY_AUTHOR = """
            from public.tweets_cache where user_id = :tenant and author = any(:authors) and (:status = '' or status = :status)""" + AND_SOURCE + """
            and created_at >= :since""" + SearchWords.AND_MATCH;

    private static final String COLUMNS = """
            id, network, tweet_id, author, content, lang, conversation_id, in_reply_to_id, created_at, likes, retweets, replies, status, source,
            collected_at, counts_at, import_id, origin, counts_told, replies_told, case when source = 'imported' then (
              select array[counted.likes, counted.reposts, counted.replies] from public.published_posts as counted
              where counted.user_id = :tenant and counted.cache_id = tweets_cache.id and counted.counted_at > tweets_cache.counts_at limit 1) end as counted
            """;

    private static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");

    private final TenantDoor door;

    CollectedPosts(TenantDoor door) {
        this.door = door;
    }

    /** Lists the newest first. */
    public List<CollectedPost> list(PostFilter filter, Page page) {
        return list(filter, PostOrder.NEWEST, page);
    }

    public List<CollectedPost> list(PostFilter filter, PostOrder order, Page page) {
        TenantStatement statement = switch (order) {
            case NEWEST -> door.sql("select " + COLUMNS + where(filter) + "order by created_at desc, id limit :limit offset :offset");
            // No index leads here, because the counts of young posts change all the time: all of the tenant's posts may be looked at.
            case ENGAGEMENT -> door.sql("select " + COLUMNS + where(filter) + """
                    order by cast(likes as bigint) + retweets + replies desc, created_at desc, id limit :limit offset :offset
                    """).asSearch();
        };
        return bind(filter, statement)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(CollectedPosts::read);
    }

    /** Gives a row if there is any post, collected or imported. */
    public Query<Boolean> any() {
        return door.sql("select true from public.tweets_cache where user_id = :tenant limit 1").query(row -> row.getBoolean(1));
    }

    /** Counts them, up to {@link Page#MAX_COUNTED}. */
    public int count(PostFilter filter) {
        return count(filter, Page.MAX_COUNTED);
    }

    /** Counts them, up to {@code most}. */
    public int count(PostFilter filter, int most) {
        return bind(filter, door.sql("select count(*) from (select 1 " + where(filter) + "limit :most) as counted"))
                .param("most", most)
                .one(row -> row.getInt(1));
    }

    /** The networks that posts came from; read as one row, which needs no room for a list. */
    public List<Network> networks() {
        return door.sql("""
                select array(
                  select known.network from unnest(cast(:known as text[])) as known (network)
                  where exists (select 1 from public.tweets_cache where user_id = :tenant and tweets_cache.network = known.network))
                """)
                .param("known", Arrays.stream(Network.values()).map(Network::toString).toArray(String[]::new))
                .one(row -> Arrays.stream((String[]) row.getArray(1).getArray()).map(Network::of).toList());
    }

    private static String where(PostFilter filter) {
        if (filter.importId() != null) {
            return BY_IMPORT;
        }
        if (filter.author() != null) {
            return BY_AUTHOR;
        }
        if (filter.status() != null) {
            return BY_STATUS;
        }
        return filter.source() == null ? NEWEST : filter.source() == Source.IMPORTED ? FROM_FILES : BY_SOURCE;
    }

    /**
     * Returns the filter with the handles that its author means, so that a list and its count look them up once: that of the
     * account with this handle, or the handle and those of the accounts whose names hold the words.
     */
    public PostFilter resolved(PostFilter filter) {
        if (!filter.authors().isEmpty()) {
            return filter;
        }
        String[] names = AuthorFilter.names(filter.author());
        List<String> handles = AuthorFilter.handles(filter.author());
        if (names.length == 0) {
            return filter.by(handles);
        }
        Set<String> known = Set.of(door.sql("""
                select array(select username from public.x_accounts where user_id = :tenant and (username = any(:handles)
                  or public.search_text(display_name) ~ all(cast((select public.search_patterns(:names)) as text[]))))
                """)
                .param("handles", handles.toArray(String[]::new))
                .param("names", names)
                .one(row -> (String[]) row.getArray(1).getArray()));
        return filter.by(known.containsAll(handles) && !handles.isEmpty() ? handles : Stream.concat(known.stream(), handles.stream()).toList());
    }

    private TenantStatement bind(PostFilter filter, TenantStatement statement) {
        Status status = filter.status();
        Source source = filter.source();
        Instant since = filter.since();
        List<String> authors = resolved(filter).authors();
        return SearchWords.bind(statement.param("status", status == null ? "" : status.toString())
                .param("source", source == null ? "" : source.toString())
                .param("authors", authors.toArray(String[]::new))
                .param("author", filter.author() == null ? "" : filter.author())
                .param("import", filter.importId())
                .param("since", since == null ? BEGINNING : since), filter.words());
    }

    public CollectedPost get(UUID id) {
        return door.sql("select " + COLUMNS + " from public.tweets_cache where user_id = :tenant and id = :id")
                .param("id", id)
                .first(CollectedPosts::read)
                .orElseThrow(Failure::notFound);
    }

    /** Returns those of these that are there, by their ids. */
    public Map<UUID, CollectedPost> of(Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : door.sql("select " + COLUMNS + " from public.tweets_cache where user_id = :tenant and id = any(:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .list(CollectedPosts::read).stream().collect(Collectors.toMap(CollectedPost::id, post -> post));
    }

    /**
     * Returns what was collected of the conversation that the post is part of, this post among it, the oldest first. It follows
     * what a post answers and what answers it, because a post from a file may name no conversation.
     */
    public List<CollectedPost> conversation(CollectedPost post) {
        return door.sql("""
                with recursive found (id, tweet_id, conversation_id, in_reply_to_id) as (
                  select id, tweet_id, conversation_id, in_reply_to_id from public.tweets_cache where user_id = :tenant and id = :post
                  union
                  select near.* from found f cross join lateral (
                    (select p.id, p.tweet_id, p.conversation_id, p.in_reply_to_id from public.tweets_cache p
                     where p.user_id = :tenant and p.network = :network and p.tweet_id = any(array[f.conversation_id, f.in_reply_to_id]))
                    union all
                    (select p.id, p.tweet_id, p.conversation_id, p.in_reply_to_id from public.tweets_cache p
                     where p.user_id = :tenant and coalesce(p.conversation_id, p.in_reply_to_id) = any(array[f.conversation_id, f.in_reply_to_id, f.tweet_id])
                       and p.network = :network limit :most)) near
                )
                """ + "select " + COLUMNS + """
                from public.tweets_cache where user_id = :tenant and id = any(array(select id from found limit :most)) order by created_at, id
                """)
                .param("post", post.id())
                .param("network", post.network())
                .param("most", MAX_CONVERSATION)
                .list(CollectedPosts::read);
    }

    /** Ids of collected posts that are young enough to still move and were last looked at long enough ago; the stalest first. */
    public List<String> withStaleCounts(Network network, Duration writtenWithin, Duration countedBefore) {
        return door.sql("""
                select tweet_id from public.tweets_cache
                where user_id = :tenant and network = :network and source = 'collected'
                  and created_at > :written_after and counts_at < :counted_before
                order by counts_at, tweet_id limit :most
                """)
                .param("network", network)
                .param("written_after", Instant.now().minus(writtenWithin))
                .param("counted_before", Instant.now().minus(countedBefore))
                .param("most", SocialNetwork.MAX_IDS)
                .list(row -> row.getString(1));
    }

    /** Stores new counts. A post without any counts as looked at and keeps what it had. */
    public void refreshCounts(Network network, Collection<String> ids, Map<String, PostCounts> counts) {
        if (ids.isEmpty()) {
            return;
        }
        List<Object[]> rows = new ArrayList<>();
        for (String id : new LinkedHashSet<>(ids)) {
            PostCounts fresh = counts.get(id);
            rows.add(fresh == null ? new Object[] {id, -1, -1, -1} : new Object[] {id, fresh.likes(), fresh.retweets(), fresh.replies()});
        }
        door.transaction(() -> {
            door.sql("""
                    update public.tweets_cache as post set
                      likes = case when fresh.likes < 0 then post.likes else fresh.likes end,
                      retweets = case when fresh.retweets < 0 then post.retweets else fresh.retweets end,
                      replies = case when fresh.replies < 0 then post.replies else fresh.replies end,
                      counts_at = now()
                    from (values :rows) as fresh (tweet_id, likes, retweets, replies)
                    where post.user_id = :tenant and post.network = :network and post.tweet_id = fresh.tweet_id
                    """)
                    .param("network", network)
                    .rows("rows", rows)
                    .update();
        });
    }

    private static CollectedPost read(ResultSet row) throws SQLException {
        @Nullable Integer[] counts = counts(row);
        return new CollectedPost(
                Columns.id(row),
                Columns.word(row, "network", Network::of),
                row.getString("tweet_id"),
                row.getString("author"),
                row.getString("content"),
                row.getString("lang"),
                row.getString("conversation_id"),
                row.getString("in_reply_to_id"),
                Columns.instant(row, "created_at"),
                counts[0],
                counts[1],
                counts[2],
                row.getString("status").equals("processed") ? Status.PROCESSED : Status.UNPROCESSED,
                row.getString("source").equals("imported") ? Source.IMPORTED : Source.COLLECTED,
                Columns.instant(row, "collected_at"),
                Columns.instant(row, "counts_at"),
                row.getObject("import_id", UUID.class));
    }

    /**
     * Likes, reposts and replies: of what was imported as they were last measured, otherwise as the file had them. A table without a count and
     * an archive, which has no replies, are no proof that there are none.
     */
    private static @Nullable Integer[] counts(ResultSet row) throws SQLException {
        int likes = row.getInt("likes");
        int reposts = row.getInt("retweets");
        int replies = row.getInt("replies");
        if (row.getString("source").equals("collected")) {
            return new @Nullable Integer[] {likes, reposts, replies};
        }
        Array counted = row.getArray("counted");
        if (counted != null) {
            return (@Nullable Integer[]) counted.getArray();
        }
        boolean known = !row.getString("origin").equals("table") || likes + reposts + replies > 0 || row.getBoolean("counts_told");
        boolean repliesKnown = known && (replies > 0 || row.getBoolean("replies_told"));
        return new @Nullable Integer[] {known ? likes : null, known ? reposts : null, repliesKnown ? replies : null};
    }
}
