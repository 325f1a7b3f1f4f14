package social.coral.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import social.coral.imports.ImportStore.Added;
import social.coral.imports.ImportStore.Change;
import social.coral.imports.archive.Place;
import social.coral.imports.archive.PostRow;
import social.coral.networks.Post;
import social.coral.networks.PostIds;

/** Stores an import's posts in batches, each in its own transaction, and counts what became of them. */
final class Batches {

    private static final int SIZE = 200;
    private static final int MAX_CHARACTERS = 500_000;

    private final ImportStore store;
    private final Remarks remarks;
    private final Versions versions = new Versions();
    private final List<Post> batch = new ArrayList<>(SIZE);
    private final Map<String, Place> places = new HashMap<>();
    private final List<String> unwanted = new ArrayList<>();
    private int characters;
    private long imported;
    private long corrected;
    private long skipped;
    private long olderVersions;

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

    void add(PostRow row, Post post) {
        if (versions.isOld(post.id(), row.versions(), post.createdAt())) {
            olderVersions++;
            return;
        }
        batch.add(post);
        places.put(post.id(), row.place());
        characters += post.text().length();
        if (batch.size() == SIZE || characters > MAX_CHARACTERS) {
            store();
        }
    }

    /** Takes a row that is not to be stored. An earlier import may have stored it before such rows were left out. */
    void leaveOut(PostRow row) {
        String id = ImportedPost.givenId(row);
        if (PostIds.isId(id)) {
            unwanted.add(String.valueOf(id));
        }
        if (unwanted.size() == SIZE) {
            removeUnwanted();
        }
    }

    /** Stores what is left and settles the versions of edited posts. */
    void end() {
        store();
        if (!unwanted.isEmpty()) {
            removeUnwanted();
        }
        if (!versions.old().isEmpty()) {
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
        List<Post> posts = List.copyOf(batch);
        batch.clear();
        characters = 0;
        Added added = store.add(posts);
        imported += added.imported();
        corrected += added.corrected();
        skipped += posts.size() - added.imported() - added.corrected();
        added.different().forEach(id -> remarks.add(Remarks.Kind.SAME_ID, places.getOrDefault(id, Place.of(null))));
        places.clear();
    }

    private void removeUnwanted() {
        store.remove(unwanted);
        unwanted.clear();
    }

    private void settleVersions() {
        Map<String, Instant> removed = store.remove(versions.old());
        imported -= removed.size();
        olderVersions += removed.size();
        List<Change> times = new ArrayList<>();
        versions.firstTimes(removed).forEach((id, time) -> times.add(new Change(id, null, time)));
        if (!times.isEmpty()) {
            corrected += store.change(times);
        }
    }
}
