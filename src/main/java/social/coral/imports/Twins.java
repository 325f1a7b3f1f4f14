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
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.imports.BetterPost.ComparedText;
import social.coral.imports.ImportStore.ReadPost;
import social.coral.imports.StoredPosts.Known;
import social.coral.networks.Post;
import social.coral.networks.PostIds;
import social.coral.networks.PostMarkup;
import social.coral.networks.PostVersions;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/**
 * Posts of tables without ids that are known from another file with theirs, or under the name of the author that a person gave them since:
 * those of the same author and text whose times are the same as far as the table tells them.
 */
final class Twins {

    /**
     * What can be compared of a post without reading 25,000 characters of each that is stored.
     *
     * @param first when its first version was written, if it was edited; null otherwise
     */
    private record Start(String id, String author, String beginning, Instant time, @Nullable Instant first, Set<String> shortLinks) {

        static Start of(ReadPost read) {
            Post post = read.post();
            String text = post.text();
            int end = text.offsetByCodePoints(0, Math.min(1_000, text.codePointCount(0, Math.min(text.length(), 2_000))));
            Instant first = read.olderVersions().isEmpty() ? null : PostVersions.firstTime(read.olderVersions().getFirst(), post.createdAt());
            return new Start(post.id(), post.author(), text.substring(0, end), post.createdAt(), first, read.shortLinks());
        }

        /** Returns how it begins, up to the first character that tools write differently, by which the posts of a day are looked up. */
        String key() {
            String start = beginning.substring(0, beginning.offsetByCodePoints(0, Math.min(40, beginning.codePointCount(0, beginning.length())))).replace('\n', ' ');
            return PLAIN_END.split(start, 2)[0].stripTrailing();
        }

        boolean isWithin(Instant from, Instant end) {
            return Stream.of(time, first).anyMatch(one -> one != null && !one.isBefore(from) && one.isBefore(end));
        }
    }

    /** How much tells that a post without an id is another with one. */
    private enum Likeness { NONE, SECOND_OF_FIRST_VERSION, GOES_ON, SAYS_THE_SAME, SAME_TEXT, SAME_ID }

    private record Pair(Start derived, Start real, Likeness likeness) {

        /** A day may have others like it. */
        boolean isUncertain() {
            return likeness == Likeness.SAYS_THE_SAME && isDay(derived.time());
        }
    }

    private static final Pattern PLAIN_END = Pattern.compile("[&<>\"']|http");
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
        Map<String, Start> pairs = new HashMap<>();
        pairs(derived.stream().map(Start::of).toList(), withIds(derived)).forEach(pair -> pairs.put(pair.derived().id(), pair.real()));
        return posts.stream().map(read -> {
            Start real = pairs.get(read.post().id());
            return real == null ? read : read.with(read.post().withId(real.id()));
        }).toList();
    }

    /** Returns which of the posts without ids are which of those with ids, each at most once; those that are most alike go first. */
    private List<Pair> pairs(List<Start> derived, List<Start> reals) {
        Map<String, ComparedText> texts = new HashMap<>();
        List<Pair> alike = new ArrayList<>();
        for (Start one : derived) {
            look.run();
            for (Start real : reals) {
                Likeness likeness = likeness(one, real, texts);
                if (likeness != Likeness.NONE) {
                    alike.add(new Pair(one, real, likeness));
                }
            }
        }
        Map<String, Long> uncertain = alike.stream().filter(Pair::isUncertain).flatMap(pair -> Stream.of(pair.derived().id(), pair.real().id()))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        alike.sort(Comparator.comparing(Pair::likeness).reversed());
        Set<String> taken = new HashSet<>();
        List<Pair> pairs = new ArrayList<>();
        for (Pair pair : alike) {
            boolean certain = !pair.isUncertain() || uncertain.getOrDefault(pair.derived().id(), 0L) + uncertain.getOrDefault(pair.real().id(), 0L) == 2;
            if (certain && !taken.contains(pair.derived().id()) && !taken.contains(pair.real().id())) {
                taken.addAll(List.of(pair.derived().id(), pair.real().id()));
                pairs.add(pair);
            }
        }
        return pairs;
    }

    private List<Start> withIds(List<ReadPost> derived) {
        List<Start> ofDays = derived.stream().filter(read -> isDay(read.post().createdAt())).map(Start::of).toList();
        Set<Moment> moments = derived.stream().map(read -> new Moment(read.post().author(), read.post().createdAt())).filter(moment -> !isDay(moment.time()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<Moment> unknown = moments.stream().filter(moment -> !withIds.containsKey(moment)).toList();
        if (!unknown.isEmpty()) {
            lookUp(unknown);
        }
        List<Start> known = Stream.concat(moments.stream().flatMap(moment -> withIds.getOrDefault(moment, List.of()).stream()),
                ofDays.isEmpty() ? Stream.empty() : ofDays(ofDays).stream()).distinct().toList();
        if (withIds.values().stream().mapToInt(posts -> 1 + posts.size()).sum() > MAX_KEPT) {
            withIds.clear();
        }
        return known;
    }

    private void lookUp(List<Moment> unknown) {
        unknown.forEach(moment -> withIds.put(moment, new ArrayList<>()));
        door.sql("""
                select distinct on (near.tweet_id) wanted.author as of, wanted.time, near.tweet_id, near.author, near.beginning, near.created_at, near.edited
                from unnest(cast(:authors as text[]), cast(:times as timestamptz[]), cast(:ends as timestamptz[])) as wanted (author, time, until)
                cross join lateral (
                  select tweet_id, author, left(content, 1000) as beginning, created_at, older_versions is not null as edited from public.tweets_cache
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

    /** Looks at each post of these days once, and takes those whose texts begin as one of these does. */
    private List<Start> ofDays(List<Start> derived) {
        return door.sql("""
                with wanted as materialized (
                  select * from unnest(cast(:authors as text[]), cast(:times as timestamptz[]), cast(:beginnings as text[])) as wanted (author, time, beginning))
                select tweet_id, author, left(content, 1000) as beginning, created_at, older_versions is not null as edited
                from (
                  select days.time, near.* from (select distinct author, time from wanted) as days
                  cross join lateral (
                    select tweet_id, author, content, created_at, older_versions,
                      rtrim(split_part(split_part(translate(left(content, 40), '<>"''\n', '&&&& '), '&', 1), 'http', 1)) as start
                    from public.tweets_cache
                    where user_id = :tenant and author = days.author and created_at >= days.time and created_at < days.time + interval '24 hours'
                      and (tweet_id not like 'd-%' or attributed) offset 0) as near) as post
                where (author, time, start) in (select author, time, beginning from wanted)
                order by tweet_id limit 5000
                """)
                .param("authors", derived.stream().map(Start::author).toArray(String[]::new))
                .param("times", derived.stream().map(post -> post.time().toString()).toArray(String[]::new))
                .param("beginnings", derived.stream().map(Start::key).toArray(String[]::new))
                .list(Twins::read);
    }

    private static Start read(ResultSet row) throws SQLException {
        Instant time = Columns.instant(row, "created_at");
        return new Start(row.getString("tweet_id"), row.getString("author"), row.getString("beginning"), time, row.getBoolean("edited") ? time : null, Set.of());
    }

    /** Returns the posts that have come with ids now, by those under which they are stored without one. */
    Map<String, ReadPost> withoutIds(Collection<ReadPost> posts) {
        Map<String, ReadPost> real = new HashMap<>();
        posts.stream().filter(read -> !PostIds.isDerived(read.post().id())).forEach(read -> real.put(read.post().id(), read));
        Map<String, ReadPost> twins = new HashMap<>();
        if (!real.isEmpty() && isAnyWithoutId()) {
            List<Start> starts = real.values().stream().map(Start::of).toList();
            pairs(near(starts), starts).forEach(pair -> twins.put(pair.derived().id(), Objects.requireNonNull(real.get(pair.real().id()))));
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

    /** Joins those of these stored posts without ids that are here already under this author's name, and returns how many there were. */
    int join(List<String> derived, String author) {
        Map<String, ReadPost> renamed = new HashMap<>();
        Map<String, String> ids = new HashMap<>();
        for (Known known : stored.known(derived)) {
            Post post = known.post().by(author);
            if (renamed.putIfAbsent(post.id(), known.stored().with(post)) == null) {
                ids.put(post.id(), known.post().id());
            }
        }
        Map<String, ReadPost> twins = new HashMap<>();
        List<String> gone = new ArrayList<>();
        List<ReadPost> before = List.copyOf(renamed.values());
        List<ReadPost> after = underTheirIds(before);
        for (int i = 0; i < before.size(); i++) {
            String id = after.get(i).post().id();
            if (!PostIds.isDerived(id)) {
                twins.put(id, after.get(i));
                gone.add(Objects.requireNonNull(ids.get(before.get(i).post().id())));
            }
        }
        Map<String, ReadPost> better = new HashMap<>();
        stored.remove(gone);
        for (Known known : twins.isEmpty() ? List.<Known>of() : stored.known(twins.keySet())) {
            better.put(known.post().id(), BetterPost.of(known.stored(), Objects.requireNonNull(twins.get(known.post().id()))));
        }
        stored.replace(better);
        stored.alsoHere(twins.keySet());
        return gone.size();
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

    private List<Start> near(List<Start> real) {
        List<String> ids = real.stream().flatMap(post -> times(post).map(time -> PostIds.derived(post.author(), time, post.beginning()))).distinct().toList();
        List<Moment> moments = real.stream().flatMap(post -> times(post).map(time -> new Moment(post.author(), time))).distinct().toList();
        // A probe for each moment: sorted as a whole, the planner would walk all the tenant's posts in the order of time. Of a day alone many
        // posts may be known, so there the text must begin alike.
        return door.sql("""
                with wanted as materialized (
                  select * from unnest(cast(:day_authors as text[]), cast(:days as timestamptz[]), cast(:beginnings as text[])) as wanted (author, time, beginning))
                select distinct on (twin.tweet_id) twin.tweet_id, twin.author, twin.beginning, twin.created_at, false as edited
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
                  union all
                  select near.tweet_id, near.author, left(near.content, 1000), near.created_at
                  from (select distinct author, time from wanted) as days
                  cross join lateral (
                    select tweet_id, author, content, created_at,
                      rtrim(split_part(split_part(translate(left(content, 40), '<>"''\n', '&&&& '), '&', 1), 'http', 1)) as start
                    from public.tweets_cache
                    where user_id = :tenant and author = days.author and created_at = days.time and tweet_id like 'd-%' and source = 'imported' offset 0) as near
                  where (near.author, near.created_at, near.start) in (select author, time, beginning from wanted)
                ) as twin
                order by twin.tweet_id limit 5000
                """)
                .param("ids", ids.toArray(String[]::new))
                .param("authors", moments.stream().filter(moment -> !isDay(moment.time())).map(Moment::author).toArray(String[]::new))
                .param("times", moments.stream().filter(moment -> !isDay(moment.time())).map(moment -> moment.time().toString()).toArray(String[]::new))
                .param("day_authors", real.stream().map(Start::author).toArray(String[]::new))
                .param("days", real.stream().map(post -> post.time().truncatedTo(ChronoUnit.DAYS).toString()).toArray(String[]::new))
                .param("beginnings", real.stream().map(Start::key).toArray(String[]::new))
                .list(Twins::read);
    }

    /** Returns the times that a table may tell of a post: the one it has, what is left of it in a table that tells less, and when it was first written. */
    private static Stream<Instant> times(Start post) {
        return Stream.of(post.time(), post.first()).flatMap(Stream::ofNullable).flatMap(Post::timesInTables).distinct();
    }

    private record Moment(String author, Instant time) {}

    /** @param texts those that were compared before */
    private static Likeness likeness(Start derived, Start real, Map<String, ComparedText> texts) {
        Instant from = derived.time();
        if (!derived.author().equals(real.author()) || !real.isWithin(from, end(from))) {
            return Likeness.NONE;
        }
        if (derived.id().equals(real.id())) {
            return Likeness.SAME_ID;
        }
        if (derived.beginning().equals(real.beginning())) {
            return Likeness.SAME_TEXT;
        }
        ComparedText text = texts.computeIfAbsent(derived.beginning(), ComparedText::of);
        ComparedText other = texts.computeIfAbsent(real.beginning(), ComparedText::of);
        if (text.saysTheSame(other)) {
            return hasOtherLinks(derived, real) ? Likeness.NONE : Likeness.SAYS_THE_SAME;
        }
        if (isDay(from)) {
            return Likeness.NONE;
        }
        boolean wholeMinute = from.truncatedTo(ChronoUnit.MINUTES).equals(from);
        return text.goesOn(other) ? Likeness.GOES_ON : from.equals(real.first()) && !wholeMinute ? Likeness.SECOND_OF_FIRST_VERSION : Likeness.NONE;
    }

    /** X gives each link in each post a short one of its own. */
    private static boolean hasOtherLinks(Start derived, Start real) {
        return !real.shortLinks().isEmpty()
                && PostMarkup.SHORT_LINK.matcher(derived.beginning()).results().anyMatch(link -> !real.shortLinks().contains(link.group()));
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
