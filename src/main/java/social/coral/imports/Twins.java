package social.coral.imports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.imports.BetterPost.ComparedText;
import social.coral.imports.ImportStore.ReadPost;
import social.coral.imports.StoredPosts.Known;
import social.coral.networks.Post;
import social.coral.networks.PostIds;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/**
 * Posts of tables without ids that are known from another file with theirs, or under the name of the author that a person gave them since:
 * those of the same author and text whose times are the same as far as the table tells them.
 */
final class Twins {

    /** What can be compared of a post without reading 25,000 characters of each that is stored. */
    private record Start(String id, String author, String beginning, Instant time) {

        static Start of(Post post) {
            String text = post.text();
            int end = text.offsetByCodePoints(0, Math.min(1_000, text.codePointCount(0, Math.min(text.length(), 2_000))));
            return new Start(post.id(), post.author(), text.substring(0, end), post.createdAt());
        }
    }

    private static final int MAX_KEPT = 5_000;

    private final TenantDoor door;
    private final StoredPosts stored;
    private final Runnable look;
    /** The posts with ids of the moments that were looked up last: the rows of a day follow each other. */
    private final Map<Moment, List<Start>> withIds = new HashMap<>();
    private final Set<String> given = new HashSet<>();
    /** Null until it is known. */
    private @Nullable Boolean anyWithoutId;

    /** @param look checks for each post whether the import has to end, and lets others work; never within a transaction, which holds a connection */
    Twins(TenantDoor door, StoredPosts stored, Runnable look) {
        this.door = door;
        this.stored = stored;
        this.look = look;
    }

    /** Returns the posts, those without an id under the one of the same post that is stored with it. */
    List<ReadPost> underTheirIds(List<ReadPost> posts) {
        List<ReadPost> derived = posts.stream().filter(read -> PostIds.isDerived(read.post().id())).toList();
        if (derived.isEmpty()) {
            return posts;
        }
        anyWithoutId = true;
        List<Start> known = withIds(derived);
        Map<String, ComparedText> texts = new HashMap<>();
        Set<String> taken = new HashSet<>();
        List<ReadPost> all = new ArrayList<>();
        for (ReadPost read : posts) {
            look.run();
            Start start = Start.of(read.post());
            Optional<Start> twin = !PostIds.isDerived(start.id()) ? Optional.empty()
                    : known.stream().filter(real -> !taken.contains(real.id()) && isSame(start, real, texts))
                            .min(Comparator.comparing(real -> !real.id().equals(read.post().id())));
            twin.ifPresent(real -> taken.add(real.id()));
            all.add(twin.map(real -> read.with(read.post().withId(real.id()))).orElse(read));
        }
        return all;
    }

    private List<Start> withIds(List<ReadPost> derived) {
        Set<Moment> moments = derived.stream().map(read -> new Moment(read.post().author(), read.post().createdAt())).collect(Collectors.toCollection(LinkedHashSet::new));
        List<Moment> unknown = moments.stream().filter(moment -> !withIds.containsKey(moment)).toList();
        if (!unknown.isEmpty()) {
            lookUp(unknown);
        }
        List<Start> known = moments.stream().flatMap(moment -> withIds.getOrDefault(moment, List.of()).stream()).toList();
        if (withIds.values().stream().mapToInt(posts -> 1 + posts.size()).sum() > MAX_KEPT) {
            withIds.clear();
        }
        return known;
    }

    private void lookUp(List<Moment> unknown) {
        unknown.forEach(moment -> withIds.put(moment, new ArrayList<>()));
        door.sql("""
                select distinct on (near.tweet_id) wanted.author as of, wanted.time, near.tweet_id, near.author, near.beginning, near.created_at
                from unnest(cast(:authors as text[]), cast(:times as timestamptz[]), cast(:ends as timestamptz[])) as wanted (author, time, until)
                cross join lateral (
                  select tweet_id, author, left(content, 1000) as beginning, created_at from public.tweets_cache
                  where user_id = :tenant and author = wanted.author and created_at >= wanted.time and created_at < wanted.until
                    and (tweet_id not like 'd-%' or attributed)
                  order by created_at, id limit 200) as near
                order by near.tweet_id limit 5000
                """)
                .param("authors", unknown.stream().map(Moment::author).toArray(String[]::new))
                .param("times", unknown.stream().map(moment -> moment.time().toString()).toArray(String[]::new))
                .param("ends", unknown.stream().map(moment -> end(moment.time()).toString()).toArray(String[]::new))
                .list(row -> withIds.computeIfAbsent(new Moment(row.getString("of"), Columns.instant(row, "time")), found -> new ArrayList<>()).add(read(row)));
    }

    private static Start read(ResultSet row) throws SQLException {
        return new Start(row.getString("tweet_id"), row.getString("author"), row.getString("beginning"), Columns.instant(row, "created_at"));
    }

    /** Returns the posts that have come with ids now, by those under which they are stored without one. */
    Map<String, ReadPost> withoutIds(Collection<ReadPost> posts) {
        List<ReadPost> real = posts.stream().filter(read -> !PostIds.isDerived(read.post().id())).toList();
        List<Start> derived = real.isEmpty() || !isAnyWithoutId() ? List.of() : near(real);
        Map<String, ComparedText> texts = new HashMap<>();
        Map<String, ReadPost> twins = new HashMap<>();
        for (ReadPost read : real) {
            look.run();
            Start start = Start.of(read.post());
            derived.stream()
                    .filter(twin -> !twins.containsKey(twin.id()) && isSame(twin, start, texts))
                    .findFirst()
                    .ifPresent(twin -> twins.put(twin.id(), read));
        }
        return twins;
    }

    /** Reports whether the last call gave a post this id. */
    boolean hasGivenId(String id) {
        return given.contains(id);
    }

    private boolean isAnyWithoutId() {
        Boolean any = anyWithoutId;
        if (any == null) {
            any = door.sql("select 1 from public.tweets_cache where user_id = :tenant and tweet_id like 'd-%' limit 1").first(row -> true).isPresent();
            anyWithoutId = any;
        }
        return any;
    }

    /** Gives these posts the ids with which they have come now. */
    void giveIds(Map<String, ReadPost> twins) {
        given.clear();
        if (twins.isEmpty()) {
            return;
        }
        Set<String> present = Set.copyOf(door.sql("select tweet_id from public.tweets_cache where user_id = :tenant and network = 'x' and tweet_id in (:ids)")
                .param("ids", twins.values().stream().map(read -> read.post().id()).distinct().toList())
                .list(row -> row.getString("tweet_id")));
        Map<String, ReadPost> better = new HashMap<>();
        for (Known known : stored.known(twins.keySet())) {
            ReadPost read = twins.get(known.post().id());
            if (read != null && !present.contains(read.post().id())) {
                // What the file knows better is taken with the others that are there.
                better.put(known.post().id(), known.stored().with(known.post().withId(read.post().id())));
                given.add(read.post().id());
            }
        }
        stored.remove(twins.keySet().stream().filter(id -> !better.containsKey(id)).toList());
        stored.replace(better);
    }

    private List<Start> near(List<ReadPost> real) {
        List<String> ids = real.stream().map(ReadPost::post)
                .flatMap(post -> post.timesInTables().map(time -> PostIds.derived(post.author(), time, post.text()))).distinct().toList();
        List<Moment> moments = real.stream().map(ReadPost::post)
                .flatMap(post -> post.timesInTables().filter(time -> !isDay(time)).map(time -> new Moment(post.author(), time))).distinct().toList();
        // A probe for each moment: sorted as a whole, the planner would walk all the tenant's posts in the order of time. Of a day alone many
        // posts may be known, so there the text must be the same, which gives the id as well.
        return door.sql("""
                select distinct on (twin.tweet_id) twin.tweet_id, twin.author, twin.beginning, twin.created_at
                from (
                  select tweet_id, author, left(content, 1000) as beginning, created_at from public.tweets_cache
                    where user_id = :tenant and network = 'x' and tweet_id = any(:ids) and source = 'imported'
                  union all
                  select near.tweet_id, near.author, near.beginning, near.created_at
                  from unnest(cast(:authors as text[]), cast(:times as timestamptz[])) as wanted (author, time)
                  cross join lateral (
                    select tweet_id, author, left(content, 1000) as beginning, created_at from public.tweets_cache
                    where user_id = :tenant and author = wanted.author and created_at = wanted.time and tweet_id like 'd-%' and source = 'imported'
                    limit 50) as near
                ) as twin
                order by twin.tweet_id limit 5000
                """)
                .param("ids", ids.toArray(String[]::new))
                .param("authors", moments.stream().map(Moment::author).toArray(String[]::new))
                .param("times", moments.stream().map(moment -> moment.time().toString()).toArray(String[]::new))
                .list(Twins::read);
    }

    private record Moment(String author, Instant time) {}

    /**
     * Reports whether a post without an id is this one. Of a day alone the text must be the same, because that day may have others like it.
     *
     * @param texts those that were compared before
     */
    private static boolean isSame(Start derived, Start real, Map<String, ComparedText> texts) {
        Instant from = derived.time();
        if (!derived.author().equals(real.author()) || real.time().isBefore(from) || !real.time().isBefore(end(from))) {
            return false;
        }
        return derived.beginning().equals(real.beginning()) || !isDay(from)
                && !texts.computeIfAbsent(derived.beginning(), ComparedText::of).differs(texts.computeIfAbsent(real.beginning(), ComparedText::of));
    }

    private static boolean isDay(Instant time) {
        return time.truncatedTo(ChronoUnit.DAYS).equals(time);
    }

    /** Returns the end of the second, minute or day that a time without more of it stands for. */
    private static Instant end(Instant time) {
        if (isDay(time)) {
            return time.plus(Duration.ofDays(1));
        }
        return time.truncatedTo(ChronoUnit.MINUTES).equals(time) ? time.plus(Duration.ofMinutes(1)) : time.plusSeconds(1);
    }
}
