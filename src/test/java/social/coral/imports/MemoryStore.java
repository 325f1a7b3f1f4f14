package social.coral.imports;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import social.coral.networks.Post;

/** Keeps the posts of imports in memory, for tests of what is read. {@code ImportedPostsTest} tests the one in the database. */
class MemoryStore implements ImportStore {

    final Map<String, ReadPost> posts = new LinkedHashMap<>();
    private final Map<String, String> newestByOlder = new HashMap<>();
    private final Set<String> ofThis = new HashSet<>();
    private final Map<String, LeftOutPost.Kind> leftOut = new HashMap<>();

    /** Begins another import over the same posts. */
    MemoryStore again() {
        ofThis.clear();
        return this;
    }

    List<Post> all() {
        return posts.values().stream().map(ReadPost::post).toList();
    }

    @Override
    public Added add(List<ReadPost> batch) {
        int imported = 0;
        int corrected = 0;
        Set<String> repeated = new HashSet<>();
        Map<String, LeftOutPost.Kind> gone = new HashMap<>();
        for (ReadPost read : batch) {
            String id = read.post().id();
            LeftOutPost.Kind kind = leftOut.get(id);
            if (kind != null) {
                gone.put(id, kind);
                continue;
            }
            ReadPost before = posts.putIfAbsent(id, read);
            if (before == null) {
                imported++;
                ofThis.add(id);
            } else if (ofThis.contains(id) && BetterPost.differ(before.post().text(), read.post().text())) {
                repeated.add(id);
            } else {
                ReadPost better = BetterPost.of(before, read);
                posts.put(id, better);
                corrected += ofThis.contains(id) || BetterPost.saysTheSame(before.post(), better.post()) ? 0 : 1;
            }
        }
        return new Added(imported, corrected, repeated, Set.of(), Set.of(), gone);
    }

    @Override
    public int remove(Collection<String> ids) {
        return removeVersions(ids.stream().collect(Collectors.toMap(id -> id, id -> id, (one, other) -> one))).size();
    }

    @Override
    public Removed leaveOut(LeftOutPost.Kind kind, List<LeftOutPost> some) {
        some.stream().filter(LeftOutPost::lasting).forEach(post -> leftOut.putIfAbsent(post.id(), kind));
        return new Removed(kind == LeftOutPost.Kind.OLDER_VERSION ? 0 : remove(some.stream().map(LeftOutPost::id).toList()), 0, 0, 0);
    }

    @Override
    public Map<String, Boolean> stored(Collection<String> ids) {
        return ids.stream().filter(posts::containsKey).collect(Collectors.toMap(id -> id, ofThis::contains));
    }

    @Override
    public Map<String, Instant> removeVersions(Map<String, String> newestByOlder) {
        Map<String, Instant> removed = new HashMap<>();
        for (String id : newestByOlder.keySet()) {
            ReadPost gone = posts.remove(id);
            if (gone != null && ofThis.contains(id)) {
                removed.put(id, gone.post().createdAt());
            }
        }
        return removed;
    }

    @Override
    public void around(Collection<Instant> times, String author, Consumer<Beginning> taker) {
        all().stream()
                .filter(post -> times.stream().anyMatch(time -> Duration.between(post.createdAt(), time).abs().compareTo(Duration.ofMinutes(65)) <= 0))
                .map(post -> new Beginning(post.id(), post.author(), post.text().substring(0, post.text().offsetByCodePoints(0, Math.min(1000, post.text().codePointCount(0, post.text().length())))),
                        post.text().codePointCount(0, post.text().length()), post.createdAt(), Origin.X))
                .forEach(taker);
    }

    @Override
    public Corrected change(Collection<Change> changes) {
        int earlier = 0;
        for (Change change : changes) {
            ReadPost stored = posts.get(change.id());
            if (stored != null) {
                Post old = stored.post();
                Post changed = change.of(old);
                posts.put(change.id(), stored.with(changed).as(change.text() == null ? stored.origin() : Origin.X));
                earlier += ofThis.contains(change.id()) || changed.equals(old) ? 0 : 1;
            }
        }
        return new Corrected(earlier, 0);
    }

    @Override
    public Map<String, String> newestVersions(Set<String> ids) {
        return newestByOlder.entrySet().stream().filter(older -> ids.contains(older.getKey())).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public void redirectReplies(Map<String, String> versions) {
        newestByOlder.putAll(versions);
        posts.replaceAll((id, read) -> read.with(new Post(id, read.post().author(), read.post().text(), read.post().createdAt(), read.post().lang(),
                read.post().conversationId(), versions.getOrDefault(String.valueOf(read.post().inReplyToId()), read.post().inReplyToId()), read.post().counts())));
    }

    @Override
    public void sheetBegins(boolean goesOn) {}

    @Override
    public int cutOff() {
        return (int) posts.values().stream().filter(read -> ofThis.contains(read.post().id()) && read.origin() == Origin.CUT).count();
    }

    @Override
    public int minutesBetweenZones() {
        return 0;
    }
}
