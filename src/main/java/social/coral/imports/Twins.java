package social.coral.imports;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import social.coral.imports.BetterPost.ComparedText;
import social.coral.imports.ImportStore.ReadPost;
import social.coral.imports.PostStart.Likeness;
import social.coral.imports.StoredPosts.Known;
import social.coral.networks.Post;
import social.coral.networks.PostIds;
import social.coral.tenancy.TenantDoor;

/**
 * Posts of tables without ids that are known from another file with theirs, or under the name of the author that a person gave them since:
 * those of the same author and text whose times are the same as far as the table tells them.
 */
final class Twins {

    private record Pair(PostStart derived, PostStart real, Likeness likeness) {

        /** A day may have others like it. */
        boolean isUncertain() {
            return likeness == Likeness.SAYS_THE_SAME && PostStart.isDay(derived.time());
        }
    }

    private final TenantDoor door;
    private final StoredPosts stored;
    private final Runnable look;
    private final TwinCandidates candidates;
    private final Set<String> given = new HashSet<>();

    /** @param look checks for each post whether the import has to end, and lets others work; never within a transaction, which holds a connection */
    Twins(TenantDoor door, StoredPosts stored, Runnable look) {
        this.door = door;
        this.stored = stored;
        this.look = look;
        this.candidates = new TwinCandidates(door);
    }

    /** Returns the posts, those without an id under the one of the same post that is stored with it. */
    List<ReadPost> underTheirIds(List<ReadPost> posts) {
        List<ReadPost> derived = posts.stream().filter(read -> PostIds.isDerived(read.post().id())).toList();
        if (derived.isEmpty()) {
            return posts;
        }
        candidates.someComeWithoutId();
        Map<String, PostStart> pairs = new HashMap<>();
        pairs(derived.stream().map(PostStart::of).toList(), candidates.withIds(derived)).forEach(pair -> pairs.put(pair.derived().id(), pair.real()));
        return posts.stream().map(read -> {
            PostStart real = pairs.get(read.post().id());
            return real == null ? read : read.with(read.post().withId(real.id()));
        }).toList();
    }

    /** Returns which of the posts without ids are which of those with ids, each at most once; those that are most alike go first. */
    private List<Pair> pairs(List<PostStart> derived, List<PostStart> reals) {
        Map<String, ComparedText> texts = new HashMap<>();
        List<Pair> alike = new ArrayList<>();
        for (PostStart one : derived) {
            look.run();
            for (PostStart real : reals) {
                Likeness likeness = one.likeness(real, texts);
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

    /** Returns the posts that have come with ids now, by those under which they are stored without one. */
    Map<String, ReadPost> withoutIds(Collection<ReadPost> posts) {
        Map<String, ReadPost> real = new HashMap<>();
        posts.stream().filter(read -> !PostIds.isDerived(read.post().id())).forEach(read -> real.put(read.post().id(), read));
        Map<String, ReadPost> twins = new HashMap<>();
        if (!real.isEmpty() && candidates.isAnyWithoutId()) {
            List<PostStart> starts = real.values().stream().map(PostStart::of).toList();
            pairs(candidates.withoutIds(starts), starts).forEach(pair -> twins.put(pair.derived().id(), Objects.requireNonNull(real.get(pair.real().id()))));
        }
        return twins;
    }

    /** Reports whether the last call gave a post this id. */
    boolean hasGivenId(String id) {
        return given.contains(id);
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
}
