package social.coral.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.imports.ImportStore.Added;
import social.coral.imports.ImportStore.Change;
import social.coral.imports.ImportStore.ReadPost;
import social.coral.imports.archive.Place;
import social.coral.imports.archive.PostRow;
import social.coral.networks.Post;
import social.coral.networks.PostIds;
import social.coral.networks.PostVersions;

/** Stores an import's posts in batches, each in its own transaction, and counts what became of them. */
final class Batches {

    private static final int SIZE = 200;
    private static final int MAX_CHARACTERS = 500_000;
    /** So many ids and times fit in memory beside those of other imports. */
    private static final int MAX_REMEMBERED = 5_000;

    private final ImportStore store;
    private final Remarks remarks;
    private final Versions versions = new Versions();
    private final List<ReadPost> batch = new ArrayList<>(SIZE);
    private final Map<String, Place> places = new HashMap<>();
    private final List<String> unwanted = new ArrayList<>();
    private final Set<String> deleted = new HashSet<>();
    private final Set<Long> secondsLeftOut = new HashSet<>();
    private boolean knowsEarlier;
    private int characters;
    private long imported;
    private long corrected;
    private long skipped;
    private long olderVersions;
    private long deletedAfterwards;

    Batches(ImportStore store, Remarks remarks) {
        this.store = store;
        this.remarks = remarks;
    }

    long imported() {
        return imported;
    }

    long corrected() {
        return corrected;
    }

    long skipped() {
        return skipped;
    }

    /** Returns how many posts were not kept because a later version of them was in the file. */
    long olderVersions() {
        return olderVersions;
    }

    /** Returns how many posts were not kept because a list of deleted posts names them. */
    long deleted() {
        return deletedAfterwards;
    }

    /** Reports whether no post has come yet. */
    boolean areNone() {
        return batch.isEmpty() && imported + corrected + skipped + olderVersions + deletedAfterwards == 0;
    }

    void add(PostRow row, Post post) {
        if (deleted.contains(post.id())) {
            deletedAfterwards++;
            return;
        }
        if (!knowsEarlier) {
            versions.addKnown(store.editedPosts(Versions.MAX / 2));
            knowsEarlier = true;
        }
        if (versions.isOld(post.id(), row.versions(), post.createdAt())) {
            olderVersions++;
            leftOutAt(post.createdAt());
            return;
        }
        batch.add(ReadPost.of(post, row.ofX(), ImportedPost.namesAuthor(row), PostVersions.before(post.id(), row.versions())));
        places.put(post.id(), row.place());
        characters += post.text().length();
        if (batch.size() == SIZE || characters > MAX_CHARACTERS) {
            store();
        }
    }

    /** Takes a row that is not to be stored. An earlier import may have stored it before such rows were left out. */
    void leaveOut(PostRow row, @Nullable Instant time) {
        if (time != null) {
            leftOutAt(time);
        }
        String id = ImportedPost.givenId(row);
        if (PostIds.isId(id)) {
            unwanted.add(String.valueOf(id));
        }
        if (row.kind() == PostRow.Kind.DELETED_POST && deleted.size() < MAX_REMEMBERED) {
            Stream.concat(Stream.ofNullable(id), row.versions().stream()).filter(PostIds::isId).forEach(deleted::add);
        }
        if (unwanted.size() == SIZE) {
            removeUnwanted();
        }
    }

    /** Remembers that a post of this time is not stored, so that nobody misses it for its long text. */
    void leftOutAt(Instant time) {
        if (secondsLeftOut.size() < MAX_REMEMBERED) {
            secondsLeftOut.add(time.getEpochSecond());
        }
    }

    /** Reports whether a post of this time was left out. */
    boolean hasLeftOut(Instant time) {
        long second = time.getEpochSecond();
        return secondsLeftOut.contains(second) || secondsLeftOut.contains(second - 1) || secondsLeftOut.contains(second + 1);
    }

    /** Stores what is left. */
    void flush() {
        store();
        if (!unwanted.isEmpty()) {
            removeUnwanted();
        }
        if (!deleted.isEmpty()) {
            int removed = store.remove(deleted).size();
            imported -= removed;
            deletedAfterwards += removed;
        }
    }

    /** Settles the versions of edited posts, when nothing looks for their own times any more. */
    void end() {
        flush();
        if (!versions.newestByOlder().isEmpty()) {
            settleVersions();
        }
    }

    /** Counts posts of earlier imports that are better now. */
    void corrected(int posts) {
        corrected += posts;
    }

    private void store() {
        if (batch.isEmpty()) {
            return;
        }
        List<ReadPost> posts = List.copyOf(batch);
        batch.clear();
        characters = 0;
        Added added = store.add(posts);
        imported += added.imported();
        corrected += added.corrected();
        skipped += posts.size() - added.imported() - added.corrected();
        added.repeated().forEach(id -> remarks.add(PostIds.isDerived(id) ? Remarks.Kind.LOOK_ALIKE : Remarks.Kind.SAME_ID, place(id)));
        added.otherAuthors().forEach(id -> remarks.add(Remarks.Kind.OTHER_AUTHOR, place(id)));
        places.clear();
    }

    private Place place(String id) {
        return places.getOrDefault(id, Place.of(null));
    }

    private void removeUnwanted() {
        int removed = store.remove(unwanted).size();
        imported -= removed;
        deletedAfterwards += removed;
        unwanted.clear();
    }

    private void settleVersions() {
        Map<String, Instant> removed = store.remove(versions.newestByOlder().keySet());
        imported -= removed.size();
        olderVersions += removed.size();
        List<Change> times = new ArrayList<>();
        versions.firstTimes(removed).forEach((id, time) -> times.add(new Change(id, null, time)));
        if (!times.isEmpty()) {
            corrected += store.change(times);
        }
        store.redirectReplies(versions.newestByOlder());
    }
}
