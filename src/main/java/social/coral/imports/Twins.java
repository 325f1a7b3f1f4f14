package social.coral.imports;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import social.coral.imports.ImportStore.ReadPost;
import social.coral.imports.StoredPosts.Known;
import social.coral.networks.Post;
import social.coral.networks.PostIds;
import social.coral.tenancy.TenantDoor;

/**
 * Posts of tables without ids that are known from another file, with their ids or with times that tell more or less, or under the name of the
 * author that a person gave them since: those of the same author and text whose times are the same as far as the table tells them.
 */
final class Twins {

    private final TenantDoor door;
    private final StoredPosts stored;
    private final Runnable look;
    private final TwinCandidates candidates;
    private final Set<String> given = new HashSet<>();
    private boolean someCameWithoutId;

    /** @param look checks for each batch whether the import has to end, and lets others work; never within a transaction, which holds a connection */
    Twins(TenantDoor door, StoredPosts stored, Runnable look) {
        this.door = door;
        this.stored = stored;
        this.look = look;
        this.candidates = new TwinCandidates(door, stored);
    }

    /** Returns the posts, those without an id under the one of the same post that is stored with it, or among them. */
    List<ReadPost> underTheirIds(List<ReadPost> posts) {
        List<ReadPost> derived = posts.stream().filter(read -> PostIds.isDerived(read.post().id())).toList();
        if (derived.isEmpty()) {
            return posts;
        }
        someCameWithoutId = true;
        candidates.someComeWithoutId();
        Map<String, String> known = known(derived, posts.stream().filter(read -> !PostIds.isDerived(read.post().id())).toList());
        return posts.stream().map(read -> {
            String id = known.get(read.post().id());
            return id == null ? read : read.with(read.post().withId(id));
        }).toList();
    }

    /** Returns the ids under which posts without ids are known, stored or among others. */
    private Map<String, String> known(List<ReadPost> derived, List<ReadPost> others) {
        List<PostStart> starts = derived.stream().map(PostStart::of).toList();
        TwinPairs pairs = new TwinPairs(starts, false);
        look.run();
        others.stream().map(PostStart::of).forEach(pairs::compare);
        candidates.withIds(starts, pairs::compare);
        door.transaction(() -> candidates.withoutIds(starts, false, pairs::compare));
        return pairs.best();
    }

    /** Returns the ids with which these posts have come now, by those under which they are stored without one. */
    Map<String, String> withoutIds(Collection<PostStart> posts) {
        List<PostStart> real = posts.stream().filter(post -> !PostIds.isDerived(post.id())).toList();
        if (real.isEmpty() || !candidates.isAnyWithoutId()) {
            return Map.of();
        }
        TwinPairs pairs = new TwinPairs(real, true);
        look.run();
        door.transaction(() -> candidates.withoutIds(real, true, pairs::compare));
        return pairs.best();
    }

    int minutesBetweenZones(UUID importId) {
        look.run();
        return candidates.isAnyWithoutId() ? candidates.minutesBetweenZones(importId, someCameWithoutId) : 0;
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
        known(List.copyOf(renamed.values()), List.of()).forEach((id, known) -> {
            ReadPost own = Objects.requireNonNull(renamed.get(id));
            twins.put(known, own.with(own.post().withId(known)));
            gone.add(Objects.requireNonNull(ids.get(id)));
        });
        Map<String, ReadPost> better = new HashMap<>();
        stored.remove(gone);
        for (Known known : twins.isEmpty() ? List.<Known>of() : stored.known(twins.keySet())) {
            better.put(known.post().id(), known.with(Objects.requireNonNull(twins.get(known.post().id()))));
        }
        stored.replace(better);
        stored.alsoHere(twins.keySet());
        return gone.size();
    }

    /** Joins the posts without ids that are these stored posts, and returns the imports that brought them, one for each. */
    List<UUID> joinWithoutIds(List<String> real) {
        Map<String, Known> known = new HashMap<>();
        stored.known(real).forEach(one -> known.put(one.post().id(), one));
        Map<String, String> twins = withoutIds(known.values().stream().map(one -> PostStart.ofStored(one.post().id(), one.post().author(), one.post().text(), one.post().createdAt(),
                !one.stored().olderVersions().isEmpty())).toList());
        Map<String, ReadPost> better = new HashMap<>();
        for (Known derived : stored.known(twins.keySet())) {
            Known twin = known.get(twins.get(derived.post().id()));
            if (twin != null) {
                better.put(twin.post().id(), twin.with(derived.stored()));
            }
        }
        List<UUID> gone = new ArrayList<>();
        Map<String, Set<String>> imports = new HashMap<>();
        for (StoredPosts.Removed derived : stored.remove(twins.keySet())) {
            gone.addAll(Stream.ofNullable(derived.importId()).toList());
            imports.put(Objects.requireNonNull(twins.get(derived.id())), derived.imports().stream().filter(one -> !one.equals(stored.importId().toString())).collect(Collectors.toSet()));
        }
        stored.replace(better);
        imports.values().removeIf(Set::isEmpty);
        stored.alsoIn(imports);
        return gone;
    }

    /** Gives these posts the ids with which they have come now. */
    void giveIds(Map<String, String> twins) {
        given.clear();
        if (twins.isEmpty()) {
            return;
        }
        Set<String> present = Set.copyOf(door.sql("select tweet_id from public.tweets_cache where user_id = :tenant and network = 'x' and tweet_id in (:ids)")
                .param("ids", twins.values().stream().distinct().toList())
                .list(row -> row.getString("tweet_id")));
        Map<String, ReadPost> better = new HashMap<>();
        for (Known known : stored.known(twins.keySet())) {
            String id = twins.get(known.post().id());
            if (id != null && !present.contains(id)) {
                // What the file knows better is taken with the others that are there.
                better.put(known.post().id(), known.stored().with(known.post().withId(id)));
                given.add(id);
            }
        }
        stored.remove(twins.keySet().stream().filter(id -> !better.containsKey(id)).toList());
        stored.replace(better);
    }
}
