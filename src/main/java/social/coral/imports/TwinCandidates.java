package social.coral.imports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.networks.PostIds;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** Looks up the posts that may be the same as those of a batch, by author and time: those that are stored, and then those that are left out. */
final class TwinCandidates {

    /** As {@link PostStart#key()}, in the database. */
    private static final String START = """
            rtrim(split_part(split_part(translate(left(content, 40), '<>"''“”„‘’‚\n', '&&&&&&&&&& '), '&', 1), 'http', 1)) as start
            """;

    /** None that was taken for a row of this sheet before. Of an upload's later sheets, the posts of earlier ones can be meant. */
    private static final String NOT_OF_THIS_SHEET = """
            (tweet_id not like 'd-%' or attributed or import_id <> :own or collected_at < :sheet_began)
              and (coalesce(also_in, '') not like '%' || cast(:own as text) || '%' or :sheet_began > timestamptz '1970-01-01')
            """;

    /** What a table may state of a post. */
    private record Lookup(String author, Instant time, String beginning) {}

    private final TenantDoor door;
    private final StoredPosts stored;
    /** Null until it is known. */
    private @Nullable Boolean anyWithoutId;

    TwinCandidates(TenantDoor door, StoredPosts stored) {
        this.door = door;
        this.stored = stored;
    }

    /** Notes that some will be stored without an id. */
    void someComeWithoutId() {
        anyWithoutId = true;
    }

    /**
     * Gives {@code taker} the posts that these, which have no ids, may be; those that are stored first, and
     * none that was taken for a row of this sheet before. Without ids these can be of other sheets
     * only: in one of them each row is a post of its own.
     */
    void withIds(List<PostStart> derived, Consumer<PostStart> taker) {
        Map<Boolean, List<PostStart>> byDay = derived.stream().collect(Collectors.partitioningBy(post -> PostStart.isDay(post.time())));
        List<PostStart> ofDays = Objects.requireNonNull(byDay.get(true));
        List<PostStart> ofMoments = Objects.requireNonNull(byDay.get(false));
        door.transaction(() -> {
            if (!ofMoments.isEmpty()) {
                ofMoments(ofMoments, taker);
            }
            if (!ofDays.isEmpty()) {
                ofDays(ofDays, taker);
            }
        });
    }

    /** Takes those whose texts begin as one of these does, and of the others of a moment the first: a text can be cut off early, or be an older version. */
    private void ofMoments(List<PostStart> derived, Consumer<PostStart> taker) {
        door.sql("""
                with wanted as materialized (
                  select * from unnest(cast(:authors as text[]), cast(:times as timestamptz[]), cast(:ends as timestamptz[]), cast(:beginnings as text[]))
                    as wanted (author, time, until, beginning))
                select tweet_id, author, left(content, 300) as beginning, created_at, edited
                from (
                  select distinct on (left_out, tweet_id) * from (
                    select near.*, (near.author, moments.time, near.start) in (select author, time, beginning from wanted) as alike
                    from (select distinct author, time, until from wanted) as moments
                    cross join lateral (
                      select *, """ + START + """
                      from (
                        (select false as left_out, tweet_id, author, content, created_at, older_versions is not null as edited,
                           row_number() over (order by created_at, id) as place
                         from (select id, tweet_id, author, content, created_at, older_versions, attributed, import_id, also_in, collected_at
                           from public.tweets_cache
                           where user_id = :tenant and author = moments.author and created_at >= moments.time and created_at < moments.until
                           order by created_at, id limit 5000) as post
                         where """ + NOT_OF_THIS_SHEET + """
                        )
                        union all
                        (select false, tweet_id, author, content, created_at, true, 1 from public.tweets_cache
                         where user_id = :tenant and author = moments.author and created_at >= moments.time - interval '2 hours'
                           and created_at < moments.time and older_versions is not null
                         order by created_at desc, id limit 50)
                        union all
                        (select true, tweet_id, author, beginning, written_at, false, 1 from public.deleted_posts
                         where user_id = :tenant and author = moments.author and written_at >= moments.time and written_at < moments.until
                         order by written_at limit 200)) as any_post
                      offset 0) as near) as post
                  where place <= 200 or alike
                  order by left_out, tweet_id, alike desc) as post
                order by alike desc, left_out, tweet_id limit 5000
                """)
                .param("own", stored.importId())
                .param("sheet_began", stored.sheetBegan())
                .param("authors", derived.stream().map(PostStart::author).toArray(String[]::new))
                .param("times", derived.stream().map(post -> post.time().toString()).toArray(String[]::new))
                .param("ends", derived.stream().map(post -> PostStart.end(post.time()).toString()).toArray(String[]::new))
                .param("beginnings", derived.stream().map(PostStart::key).toArray(String[]::new))
                .each(row -> taker.accept(read(row)));
    }

    /** Looks at each post of these days once, and takes those whose texts begin as one of these does. */
    private void ofDays(List<PostStart> derived, Consumer<PostStart> taker) {
        door.sql("""
                with wanted as materialized (
                  select * from unnest(cast(:authors as text[]), cast(:times as timestamptz[]), cast(:beginnings as text[])) as wanted (author, time, beginning))
                select tweet_id, author, left(content, 300) as beginning, created_at, edited
                from (
                  select days.time, near.* from (select distinct author, time from wanted) as days
                  cross join lateral (
                    select *, """ + START + """
                    from (
                      select false as left_out, tweet_id, author, content, created_at, older_versions is not null as edited
                      from (select tweet_id, author, content, created_at, older_versions, attributed, import_id, also_in, collected_at
                        from public.tweets_cache
                        where user_id = :tenant and author = days.author and created_at >= days.time - interval '2 hours'
                          and created_at < days.time + interval '24 hours'
                        limit 5000) as post
                      where (created_at >= days.time or older_versions is not null) and """ + NOT_OF_THIS_SHEET + """
                      union all
                      select true, tweet_id, author, beginning, written_at, false from public.deleted_posts
                      where user_id = :tenant and author = days.author and written_at >= days.time and written_at < days.time + interval '24 hours') as any_post
                    offset 0) as near) as post
                where (author, time, start) in (select author, time, beginning from wanted)
                order by left_out, tweet_id limit 5000
                """)
                .param("own", stored.importId())
                .param("sheet_began", stored.sheetBegan())
                .param("authors", derived.stream().map(PostStart::author).toArray(String[]::new))
                .param("times", derived.stream().map(post -> post.time().toString()).toArray(String[]::new))
                .param("beginnings", derived.stream().map(PostStart::key).toArray(String[]::new))
                .each(row -> taker.accept(read(row)));
    }

    private static PostStart read(ResultSet row) throws SQLException {
        return PostStart.ofStored(row.getString("tweet_id"), row.getString("author"), row.getString("beginning"), Columns.instant(row, "created_at"), row.getBoolean("edited"));
    }

    /**
     * Gives {@code taker} the stored posts without ids that these may be, whose times are as exact or more so.
     *
     * @param ofAll whether those of this import are among them
     */
    void withoutIds(List<PostStart> real, boolean ofAll, Consumer<PostStart> taker) {
        List<String> ids = real.stream().flatMap(post -> post.times().map(time -> PostIds.derived(post.author(), time, post.text()))).distinct().toList();
        List<Lookup> lookups = real.stream().flatMap(post -> post.times().map(time -> new Lookup(post.author(), time, post.key()))).distinct().toList();
        // A probe for each time: sorted as a whole, the planner would walk all the tenant's posts in the order of time. Of one time many posts
        // may be known. Those are taken whose texts begin alike, and of a time that states more than the day some others, which can be cut off.
        door.sql("""
                with wanted as materialized (
                  select * from unnest(cast(:authors as text[]), cast(:times as timestamptz[]), cast(:beginnings as text[])) as wanted (author, time, beginning))
                select tweet_id, author, beginning, created_at, false as edited
                from (
                  select distinct on (twin.tweet_id) twin.* from (
                    select tweet_id, author, left(content, 300) as beginning, created_at, import_id, also_in, collected_at, true as alike, 1 as place
                      from public.tweets_cache
                      where user_id = :tenant and network = 'x' and tweet_id = any(:ids) and source = 'imported'
                    union all
                    select near.tweet_id, near.author, left(near.content, 300), near.created_at, near.import_id, near.also_in, near.collected_at,
                      (near.author, near.created_at, near.start) in (select author, time, beginning from wanted), near.place
                    from (select distinct author, time from wanted) as times
                    cross join lateral (
                      select *, row_number() over (order by tweet_id) as place, """ + START + """
                      from (select tweet_id, author, content, created_at, import_id, also_in, collected_at from public.tweets_cache
                        where user_id = :tenant and author = times.author and created_at = times.time and tweet_id like 'd-%' and source = 'imported'
                        limit 5000) as post
                      offset 0) as near
                  ) as twin
                  where (:of_all or (twin.import_id <> :own or twin.collected_at < :sheet_began)
                      and (coalesce(twin.also_in, '') not like '%' || cast(:own as text) || '%' or :sheet_began > timestamptz '1970-01-01'))
                    and (twin.alike or twin.place <= 50 and twin.created_at <> date_trunc('day', twin.created_at, 'UTC'))
                  order by twin.tweet_id, twin.alike desc) as twin
                order by alike desc, tweet_id limit 5000
                """)
                .param("of_all", ofAll)
                .param("own", stored.importId())
                .param("sheet_began", stored.sheetBegan())
                .param("ids", ids.toArray(String[]::new))
                .param("authors", lookups.stream().map(Lookup::author).toArray(String[]::new))
                .param("times", lookups.stream().map(one -> one.time().toString()).toArray(String[]::new))
                .param("beginnings", lookups.stream().map(Lookup::beginning).toArray(String[]::new))
                .each(row -> taker.accept(read(row)));
    }

    /** Looks at 200 posts without ids, and for each at 200 with ids of the hours around it, because zones are up to fourteen hours apart. */
    int minutesBetweenZones(UUID importId, boolean someCameWithoutId) {
        return door.sql("""
                with derived as materialized (
                  select author, created_at, """ + START + """
                  from public.tweets_cache
                  where user_id = :tenant and tweet_id like 'd-%' and source = 'imported' and (not :some or import_id = :own)
                    and created_at <> date_trunc('day', created_at, 'UTC')
                  limit 200)
                select minutes from (
                  select distinct derived.author, derived.created_at, derived.start,
                    cast(extract(epoch from derived.created_at - date_trunc(
                      case when derived.created_at = date_trunc('minute', derived.created_at) then 'minute' else 'second' end, near.created_at)) as integer) / 60.0 as minutes
                  from derived
                  cross join lateral (
                    select created_at, """ + START + """
                    from public.tweets_cache
                    where user_id = :tenant and author = derived.author and created_at >= derived.created_at - interval '14 hours'
                      and created_at < derived.created_at + interval '14 hours' and tweet_id not like 'd-%' and (:some or import_id = :own)
                    order by created_at, id limit 200) as near
                  where near.start = derived.start and near.start <> '') as pair
                where minutes <> 0 and minutes % 15 = 0
                group by minutes having count(*) >= 3 and 2 * count(*) > (select count(*) from derived)
                """)
                .param("own", importId)
                .param("some", someCameWithoutId)
                .first(row -> row.getInt("minutes")).orElse(0);
    }

    /** Reports whether any post is stored without an id. */
    boolean isAnyWithoutId() {
        Boolean any = anyWithoutId;
        if (any == null) {
            any = door.sql("select 1 from public.tweets_cache where user_id = :tenant and tweet_id like 'd-%' limit 1").first(row -> true).isPresent();
            anyWithoutId = any;
        }
        return any;
    }
}
