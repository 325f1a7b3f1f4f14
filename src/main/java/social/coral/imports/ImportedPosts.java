package social.coral.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import social.coral.imports.LeftOutPost.Kind;
import social.coral.imports.StoredPosts.Known;
import social.coral.networks.Post;
import social.coral.networks.PostIds;
import social.coral.portability.CountedBatch;
import social.coral.tenancy.TenantDoor;

/**
 * The posts of one import in the database. Those of earlier imports get a better text or time; those that were collected from their account
 * only the rest of a text that was cut off.
 */
final class ImportedPosts implements ImportStore {

    private static final int MAX_REMEMBERED = 5_000;

    private final TenantDoor door;
    private final Runnable look;
    private final ImportEntry entry;
    private final UUID id;
    private final StoredPosts stored;
    private final Twins twins;
    private final LeftOutPosts leftOut;
    private final StoredVersions versions;
    private final Neighbours neighbours;
    private final ImportCounts counts;
    private final Set<String> correctedIds = new HashSet<>();

    /**
     * @param entry the import that they are of
     * @param look checks between two statements whether the import has to end, and lets others work
     */
    ImportedPosts(TenantDoor door, ImportEntry entry, Runnable look) {
        this.door = door;
        this.entry = entry;
        this.id = entry.id();
        this.look = look;
        this.stored = new StoredPosts(door, id);
        this.twins = new Twins(door, stored, look);
        this.leftOut = new LeftOutPosts(door, id);
        this.versions = new StoredVersions(door, look);
        this.neighbours = new Neighbours(door);
        this.counts = new ImportCounts(door);
    }

    @Override
    public Added add(List<ReadPost> posts) {
        List<ReadPost> joined = twins.underTheirIds(posts);
        Map<String, Kind> kinds = leftOut.among(joined.stream().map(read -> read.post().id()).collect(Collectors.toSet()));
        List<ReadPost> kept = joined.stream().filter(read -> !kinds.containsKey(read.post().id())).toList();
        Map<String, Kind> gone = new HashMap<>();
        for (int i = 0; i < posts.size(); i++) {
            Kind kind = kinds.get(joined.get(i).post().id());
            if (kind != null) {
                gone.put(posts.get(i).post().id(), kind);
            }
        }
        if (kept.isEmpty()) {
            return new Added(0, 0, Set.of(), Set.of(), Set.of(), gone);
        }
        int[] corrected = {0};
        Set<String> repeated = new HashSet<>();
        Set<String> otherTexts = new HashSet<>();
        Set<String> otherAuthors = new HashSet<>();
        Map<String, ReadPost> byId = new TreeMap<>(PostIds.OLDEST_FIRST);
        byId.putAll(withoutRepeats(kept, repeated));
        Map<String, String> withoutIds = twins.withoutIds(byId.values().stream().map(PostStart::of).toList());
        int added = new CountedBatch(door, this::writtenBy).add(() -> {
            entry.begin();
            twins.giveIds(withoutIds);
            corrected[0] = correct(byId, repeated, otherTexts, otherAuthors);
            CountedBatch.Written written = stored.insert(byId.values());
            entry.count(written.rows(), corrected[0]);
            return written;
        });
        entry.begun();
        if (!kept.stream().allMatch(ReadPost::namesAuthor)) {
            entry.needsAuthor();
        }
        return new Added(added, corrected[0], repeated, otherTexts, otherAuthors, gone);
    }

    /** Reports whether a table gives another text than the one that is there, which stays: X's is right, and of two tables none is known to be. */
    private static boolean contradicts(ReadPost read, ReadPost before) {
        return read.origin() == Origin.TABLE && BetterPost.differ(before.post().text(), read.post().text());
    }

    private Map<String, ReadPost> withoutRepeats(List<ReadPost> posts, Set<String> repeated) {
        Map<String, ReadPost> byId = new HashMap<>();
        for (ReadPost read : posts) {
            look.run();
            ReadPost before = byId.putIfAbsent(read.post().id(), read);
            if (before != null) {
                if (areTwoRows(before, read)) {
                    repeated.add(read.post().id());
                } else {
                    byId.put(read.post().id(), BetterPost.of(before, read));
                }
            }
        }
        return byId;
    }

    /** Reports whether two rows of one import may be two posts: they differ, or only their text suggests that they are one. */
    private static boolean areTwoRows(ReadPost before, ReadPost read) {
        return PostIds.isDerived(before.post().id()) || before.origin().isOfX() == read.origin().isOfX() && BetterPost.differ(before.post().text(), read.post().text());
    }

    private int writtenBy(String transaction) {
        return door.sql("select count(*) from public.tweets_cache where user_id = :tenant and import_id = :own and xmin = cast(cast(:transaction as xid8) as xid)")
                .param("own", id)
                .param("transaction", transaction)
                .one(row -> row.getInt(1));
    }

    private int correct(Map<String, ReadPost> read, Set<String> repeated, Set<String> otherTexts, Set<String> otherAuthors) {
        Map<String, ReadPost> better = new HashMap<>();
        List<String> ofEarlier = new ArrayList<>();
        int corrected = 0;
        for (Known known : stored.known(read.keySet())) {
            ReadPost before = known.stored();
            ReadPost post = read.get(before.post().id());
            if (post == null) {
                continue;
            }
            if (known.ofThis() && known.ofThisSheet() && areTwoRows(before, post)) {
                repeated.add(before.post().id());
                continue;
            }
            if (contradicts(post, before)) {
                otherTexts.add(before.post().id());
                continue;
            }
            ReadPost merged = known.with(post);
            if (!known.collected() && !merged.post().author().equals(post.post().author())) {
                otherAuthors.add(before.post().id());
            }
            if (!merged.equals(before)) {
                better.put(merged.post().id(), merged);
            }
            if (!known.ofThis()) {
                ofEarlier.add(before.post().id());
                corrected += isCorrected(before.post(), merged.post()) ? 1 : 0;
            }
        }
        stored.replace(better);
        stored.alsoHere(ofEarlier);
        return corrected;
    }

    /** Counts each post once, as far as there is room for those that were corrected. */
    private boolean isCorrected(Post before, Post now) {
        boolean twin = twins.hasGivenId(now.id());
        if (!twin && BetterPost.saysTheSame(now, before)) {
            return false;
        }
        return correctedIds.size() >= MAX_REMEMBERED || correctedIds.add(now.id());
    }

    @Override
    public Corrected change(Collection<Change> changes) {
        Map<String, Change> byId = new HashMap<>();
        changes.forEach(change -> byId.put(change.id(), change));
        return door.transaction(() -> changed(byId));
    }

    private Corrected changed(Map<String, Change> changes) {
        Map<String, ReadPost> better = new HashMap<>();
        int earlier = 0;
        int skipped = 0;
        for (Known known : stored.known(changes.keySet())) {
            Post old = known.post();
            Change change = changes.get(old.id());
            if (change != null) {
                ReadPost changed = known.with(change);
                if (!changed.post().equals(old)) {
                    better.put(old.id(), changed);
                    if (!known.ofThis() && isCorrected(old, changed.post())) {
                        earlier++;
                        skipped += known.inThis() ? 1 : 0;
                    }
                }
            }
        }
        stored.replace(better);
        return new Corrected(earlier, skipped);
    }

    @Override
    public int remove(Collection<String> ids) {
        return door.transaction(() -> removed(ids).own());
    }

    private Removed removed(Collection<String> ids) {
        List<StoredPosts.Removed> removed = stored.remove(ids);
        counts.removed(removed.stream().map(StoredPosts.Removed::importId));
        List<StoredPosts.Removed> earlier = removed.stream().filter(post -> !id.equals(post.importId())).toList();
        List<StoredPosts.Removed> also = earlier.stream().filter(post -> post.imports().contains(id.toString())).toList();
        int corrected = (int) also.stream().filter(post -> correctedIds.contains(post.id())).count();
        return new Removed(removed.size() - earlier.size(), corrected, also.size() - corrected, earlier.size());
    }

    @Override
    public Removed leaveOut(Kind kind, List<LeftOutPost> posts) {
        Map<String, String> withoutIds = twins.withoutIds(posts.stream().map(LeftOutPost::start).flatMap(Stream::ofNullable).toList());
        List<LeftOutPost> lasting = posts.stream().filter(LeftOutPost::lasting).toList();
        Removed removed = door.transaction(() -> {
            if (!lasting.isEmpty()) {
                entry.begin();
                leftOut.add(lasting);
            }
            if (kind == Kind.OLDER_VERSION) {
                // Removed with the others that are known once the newest is.
                twins.giveIds(withoutIds);
                return new Removed(0, 0, 0, 0);
            }
            return removed(Stream.concat(posts.stream().map(LeftOutPost::id), withoutIds.keySet().stream()).collect(Collectors.toSet()));
        });
        if (!lasting.isEmpty()) {
            entry.begun();
        }
        return removed;
    }

    @Override
    public Map<String, Instant> removeVersions(Map<String, String> newestByOlder) {
        Map<String, Instant> own = new HashMap<>();
        door.transaction(() -> {
            List<StoredPosts.Removed> removed = stored.remove(newestByOlder.keySet());
            Map<String, Set<String>> imports = new HashMap<>();
            for (StoredPosts.Removed post : removed) {
                if (id.equals(post.importId())) {
                    own.put(post.id(), post.time());
                } else {
                    imports.computeIfAbsent(newestByOlder.getOrDefault(post.id(), post.id()), newest -> new HashSet<>()).addAll(post.imports());
                }
            }
            counts.removed(removed.stream().map(StoredPosts.Removed::importId));
            stored.alsoIn(imports);
        });
        return own;
    }

    @Override
    public Map<String, Boolean> stored(Collection<String> ids) {
        return stored.known(ids).stream().filter(known -> !known.collected()).collect(Collectors.toMap(known -> known.post().id(), Known::ofThis));
    }

    @Override
    public int cutOff() {
        return door.sql("select count(*) from public.tweets_cache where user_id = :tenant and import_id = :own and origin = 'cut'").param("own", id).one(row -> row.getInt(1));
    }

    @Override
    public void around(Collection<Instant> times, String author, Consumer<Beginning> taker) {
        neighbours.around(times, author, taker);
    }

    @Override
    public Map<String, String> newestVersions(Set<String> ids) {
        return versions.newest(ids);
    }

    @Override
    public void redirectReplies(Map<String, String> newestByOlder) {
        versions.redirectReplies(newestByOlder);
    }

    @Override
    public void sheetBegins(boolean goesOn) {
        if (goesOn) {
            stored.sheetGoesOn();
        } else {
            stored.sheetBegins();
        }
    }

    @Override
    public int minutesBetweenZones() {
        return twins.minutesBetweenZones(id);
    }
}
