package social.coral.imports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
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
            rtrim(split_part(split_part(translate(left(content, 40), '<>"''\n', '&&&& '), '&', 1), 'http', 1)) as start
            """;

    private record Moment(String author, Instant time) {}

    private final TenantDoor door;
    private final UUID importId;
    /** Null until it is known. */
    private @Nullable Boolean anyWithoutId;

    TwinCandidates(TenantDoor door, UUID importId) {
        this.door = door;
        this.importId = importId;
    }

    /** Notes that some will be stored without an id. */
    void someComeWithoutId() {
        anyWithoutId = true;
    }

    /**
     * Gives {@code taker} the posts that these, which have no ids, may be; those that are stored first, and
     * none that was taken for a row of this import before. Without ids these can be of other imports
     * only: in one file each row is a post of its own.
     */
    void withIds(List<PostStart> derived, Consumer<PostStart> taker) {
        List<PostStart> ofDays = derived.stream().filter(post -> PostStart.isDay(post.time())).toList();
        Set<Moment> moments = derived.stream().filter(post -> !PostStart.isDay(post.time())).map(post -> new Moment(post.author(), post.time()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        door.transaction(() -> {
            if (!moments.isEmpty()) {
                ofMoments(moments, taker);
            }
            if (!ofDays.isEmpty()) {
                ofDays(ofDays, taker);
            }
        });
    }

    private void ofMoments(Set<Moment> moments, Consumer<PostStart> taker) {
        door.sql("""
                select distinct on (near.left_out, near.tweet_id) near.tweet_id, near.author, near.beginning, near.created_at, near.edited
                from unnest(cast(:authors as text[]), cast(:times as timestamptz[]), cast(:ends as timestamptz[])) as wanted (author, time, until)
                cross join lateral (
                  (select false as left_out, tweet_id, author, left(content, 300) as beginning, created_at, older_versions is not null as edited
                   from (select tweet_id, author, content, created_at, older_versions, attributed, import_id, also_in from public.tweets_cache
                     where user_id = :tenant and author = wanted.author and created_at >= wanted.time and created_at < wanted.until
                     order by created_at, id limit 1000) as post
                   where (tweet_id not like 'd-%' or attributed or import_id <> :own) and coalesce(also_in, '') not like '%' || cast(:own as text) || '%'
                   limit 200)
                  union all
                  (select false, tweet_id, author, left(content, 300), created_at, true from public.tweets_cache
                   where user_id = :tenant and author = wanted.author and created_at >= wanted.time - interval '2 hours' and created_at < wanted.time
                     and older_versions is not null
                   order by created_at desc, id limit 50)
                  union all
                  (select true, tweet_id, author, beginning, written_at, false from public.deleted_posts
                   where user_id = :tenant and author = wanted.author and written_at >= wanted.time and written_at < wanted.until
                   order by written_at limit 200)) as near
                order by near.left_out, near.tweet_id limit 5000
                """)
                .param("own", importId)
                .param("authors", moments.stream().map(Moment::author).toArray(String[]::new))
                .param("times", moments.stream().map(moment -> moment.time().toString()).toArray(String[]::new))
                .param("ends", moments.stream().map(moment -> PostStart.end(moment.time()).toString()).toArray(String[]::new))
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
                      from (select tweet_id, author, content, created_at, older_versions, attributed, import_id, also_in from public.tweets_cache
                        where user_id = :tenant and author = days.author and created_at >= days.time - interval '2 hours'
                          and created_at < days.time + interval '24 hours'
                        limit 5000) as post
                      where (created_at >= days.time or older_versions is not null) and (tweet_id not like 'd-%' or attributed or import_id <> :own)
                        and coalesce(also_in, '') not like '%' || cast(:own as text) || '%'
                      union all
                      select true, tweet_id, author, beginning, written_at, false from public.deleted_posts
                      where user_id = :tenant and author = days.author and written_at >= days.time and written_at < days.time + interval '24 hours') as any_post
                    offset 0) as near) as post
                where (author, time, start) in (select author, time, beginning from wanted)
                order by left_out, tweet_id limit 5000
                """)
                .param("own", importId)
                .param("authors", derived.stream().map(PostStart::author).toArray(String[]::new))
                .param("times", derived.stream().map(post -> post.time().toString()).toArray(String[]::new))
                .param("beginnings", derived.stream().map(PostStart::key).toArray(String[]::new))
                .each(row -> taker.accept(read(row)));
    }

    private static PostStart read(ResultSet row) throws SQLException {
        return PostStart.ofStored(row.getString("tweet_id"), row.getString("author"), row.getString("beginning"), Columns.instant(row, "created_at"), row.getBoolean("edited"));
    }

    /**
     * Gives {@code taker} the stored posts without ids that these may be, whose times tell as much or more.
     *
     * @param ofAll whether those of this import are among them
     */
    void withoutIds(List<PostStart> real, boolean ofAll, Consumer<PostStart> taker) {
        List<String> ids = real.stream().flatMap(post -> post.times().map(time -> PostIds.derived(post.author(), time, post.text()))).distinct().toList();
        List<Moment> moments = real.stream().flatMap(post -> post.times().map(time -> new Moment(post.author(), time))).distinct().toList();
        // A probe for each moment: sorted as a whole, the planner would walk all the tenant's posts in the order of time. Of a day alone many
        // posts may be known, so there the text must begin alike.
        door.sql("""
                with wanted as materialized (
                  select * from unnest(cast(:day_authors as text[]), cast(:days as timestamptz[]), cast(:beginnings as text[])) as wanted (author, time, beginning))
                select distinct on (twin.tweet_id) twin.tweet_id, twin.author, twin.beginning, twin.created_at, false as edited
                from (
                  select tweet_id, author, left(content, 300) as beginning, created_at, import_id, also_in from public.tweets_cache
                    where user_id = :tenant and network = 'x' and tweet_id = any(:ids) and source = 'imported'
                  union all
                  select near.tweet_id, near.author, near.beginning, near.created_at, near.import_id, near.also_in
                  from unnest(cast(:authors as text[]), cast(:times as timestamptz[])) as wanted (author, time)
                  cross join lateral (
                    select tweet_id, author, left(content, 300) as beginning, created_at, import_id, also_in from public.tweets_cache
                    where user_id = :tenant and author = wanted.author and created_at = wanted.time and tweet_id like 'd-%' and source = 'imported'
                    limit 50) as near
                  union all
                  select near.tweet_id, near.author, left(near.content, 300), near.created_at, near.import_id, near.also_in
                  from (select distinct author, time from wanted) as days
                  cross join lateral (
                    select tweet_id, author, content, created_at, import_id, also_in, """ + START + """
                    from public.tweets_cache
                    where user_id = :tenant and author = days.author and created_at = days.time and tweet_id like 'd-%' and source = 'imported' limit 5000) as near
                  where (near.author, near.created_at, near.start) in (select author, time, beginning from wanted)
                ) as twin
                where :of_all or twin.import_id <> :own and coalesce(twin.also_in, '') not like '%' || cast(:own as text) || '%'
                order by twin.tweet_id limit 5000
                """)
                .param("of_all", ofAll)
                .param("own", importId)
                .param("ids", ids.toArray(String[]::new))
                .param("authors", moments.stream().filter(moment -> !PostStart.isDay(moment.time())).map(Moment::author).toArray(String[]::new))
                .param("times", moments.stream().filter(moment -> !PostStart.isDay(moment.time())).map(moment -> moment.time().toString()).toArray(String[]::new))
                .param("day_authors", real.stream().map(PostStart::author).toArray(String[]::new))
                .param("days", real.stream().map(post -> post.time().truncatedTo(ChronoUnit.DAYS).toString()).toArray(String[]::new))
                .param("beginnings", real.stream().map(PostStart::key).toArray(String[]::new))
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
