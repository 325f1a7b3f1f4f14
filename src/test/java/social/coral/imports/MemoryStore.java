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
import social.coral.networks.Post;

/** Keeps the posts of imports in memory, for tests of what is read. {@code ImportedPostsTest} tests the one in the database. */
final class MemoryStore implements ImportStore {

    final Map<String, Post> posts = new LinkedHashMap<>();
    private final Map<String, String> newestByOlder = new HashMap<>();
    private final Set<String> ofThis = new HashSet<>();

    /** Begins another import over the same posts. */
    MemoryStore again() {
        ofThis.clear();
        return this;
    }

    List<Post> all() {
        return List.copyOf(posts.values());
    }

    @Override
    public Added add(List<ReadPost> batch) {
        int imported = 0;
        int corrected = 0;
        Set<String> different = new HashSet<>();
        for (ReadPost read : batch) {
            Post post = read.post();
            Post before = posts.putIfAbsent(post.id(), post);
            if (before == null) {
                imported++;
                ofThis.add(post.id());
            } else if (ofThis.contains(post.id()) && BetterPost.differ(before.text(), post.text())) {
                different.add(post.id());
            } else {
                Post better = BetterPost.of(read.with(before), read).post();
                posts.put(post.id(), better);
                corrected += ofThis.contains(post.id()) || BetterPost.saysTheSame(before, better) ? 0 : 1;
            }
        }
        return new Added(imported, corrected, different);
    }

    @Override
    public Map<String, Instant> remove(Collection<String> ids) {
        Map<String, Instant> removed = new HashMap<>();
        for (String id : ids) {
            Post gone = posts.remove(id);
            if (gone != null && ofThis.contains(id)) {
                removed.put(id, gone.createdAt());
            }
        }
        return removed;
    }

    @Override
    public List<Beginning> around(String author, Collection<Instant> times) {
        return posts.values().stream()
                .filter(post -> post.author().equals(author))
                .filter(post -> times.stream().anyMatch(time -> Duration.between(post.createdAt(), time).abs().compareTo(Duration.ofMinutes(65)) <= 0))
                .map(post -> new Beginning(post.id(), post.text().substring(0, post.text().offsetByCodePoints(0, Math.min(1000, post.text().codePointCount(0, post.text().length())))),
                        post.text().codePointCount(0, post.text().length()), post.createdAt()))
                .toList();
    }

    @Override
    public int change(Collection<Change> changes) {
        int earlier = 0;
        for (Change change : changes) {
            Post old = posts.get(change.id());
            if (old != null) {
                Post changed = new Post(old.id(), old.author(), change.text() == null ? old.text() : change.text(),
                        change.time() == null ? old.createdAt() : change.time(), old.lang(), old.conversationId(), old.inReplyToId(), old.counts());
                posts.put(change.id(), changed);
                earlier += ofThis.contains(change.id()) || changed.equals(old) ? 0 : 1;
            }
        }
        return earlier;
    }

    @Override
    public Map<String, String> editedPosts(int most) {
        return Map.copyOf(newestByOlder);
    }

    @Override
    public void redirectReplies(Map<String, String> versions) {
        newestByOlder.putAll(versions);
        posts.replaceAll((id, post) -> new Post(id, post.author(), post.text(), post.createdAt(), post.lang(), post.conversationId(),
                versions.getOrDefault(String.valueOf(post.inReplyToId()), post.inReplyToId()), post.counts()));
    }
}
