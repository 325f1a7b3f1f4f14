package social.coral.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.imports.ImportStore.Added;
import social.coral.imports.ImportStore.Change;
import social.coral.imports.ImportStore.ReadPost;
import social.coral.imports.archive.Place;
import social.coral.imports.archive.PostField;
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
    private static final int MAX_SECONDS = 20_000;

    private final ImportStore store;
    private final Remarks remarks;
    private final Runnable look;
    private final Versions versions = new Versions();
    private final List<ReadPost> batch = new ArrayList<>(SIZE);
    private final Map<String, Place> places = new HashMap<>();
    private final List<String> unwanted = new ArrayList<>();
    private final Set<String> deleted = new HashSet<>();
    private final List<String> newlyDeleted = new ArrayList<>();
    private final Map<String, Place> ofCommunities = new HashMap<>();
    private final Set<Long> secondsLeftOut = new HashSet<>();
    private int characters;
    private long imported;
    private long corrected;
    private long skipped;
    private long olderVersions;
    private long deletedPosts;
    private long communityPosts;

    /** @param look checks between two calls of the store whether the import has to end, and lets others work */
    Batches(ImportStore store, Remarks remarks, Runnable look) {
        this.store = store;
        this.remarks = remarks;
        this.look = look;
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

    /** Returns how many posts were not kept because their author has deleted them. */
    long deleted() {
        return deletedPosts;
    }

    /** Returns how many posts in communities were not kept. */
    long ofCommunities() {
        return communityPosts;
    }

    /** Reports whether no post has come yet. */
    boolean areNone() {
        return batch.isEmpty() && imported + corrected + skipped + olderVersions == 0;
    }

    void add(PostRow row, Post post) {
        if (deleted.contains(post.id())) {
            leftOutAt(post.createdAt());
            return;
        }
        PostVersions.before(post.id(), row.versions()).forEach(older -> leftOutAt(PostIds.time(older)));
        if (isOld(post, row.versions())) {
            return;
        }
        batch.add(ReadPost.of(post, row.ofX(), ImportedPost.namesAuthor(row), PostVersions.before(post.id(), row.versions()), row.links().keySet()));
        places.put(post.id(), row.place());
        characters += post.text().length();
        if (batch.size() == SIZE || characters > MAX_CHARACTERS) {
            store();
        }
    }

    private boolean isOld(Post post, List<String> known) {
        boolean old = versions.isOld(post.id(), known, post.createdAt());
        if (old) {
            olderVersions++;
            leftOutAt(post.createdAt());
        }
        return old;
    }

    /** Takes a repost. An earlier import may have stored it before reposts were left out. */
    void leaveOut(PostRow row, @Nullable Instant time) {
        if (isCutOff(row)) {
            leftOutAt(time);
        }
        String id = GivenId.of(row);
        if (PostIds.isId(id)) {
            unwanted.add(String.valueOf(id));
        }
        if (unwanted.size() == SIZE) {
            removeUnwanted();
        }
    }

    /** Only a text that breaks off has a long text beside it. */
    private static boolean isCutOff(PostRow row) {
        String text = row.value(PostField.TEXT);
        return text != null && text.indexOf('…') >= 0;
    }

    /** Takes a post that its author has deleted, which can be named by several lists and be among the others as well. */
    void delete(PostRow row, @Nullable Instant time) {
        leftOutAt(time);
        String id = GivenId.of(row);
        deletedPosts += id != null && deleted.contains(id) ? 0 : 1;
        List<String> ids = Stream.concat(Stream.ofNullable(id), row.versions().stream()).filter(one -> PostIds.isId(one) && PostIds.isWithin64Bits(one)).toList();
        if (deleted.size() < MAX_REMEMBERED) {
            deleted.addAll(ids);
        }
        newlyDeleted.addAll(ids);
        if (newlyDeleted.size() >= MAX_REMEMBERED) {
            removeDeleted();
        }
    }

    /** Takes a post in a community that is not to be stored. It may be here from an earlier import that was to store it. */
    void leaveOutOfCommunity(PostRow row, @Nullable Instant time) {
        leftOutAt(time);
        communityPosts++;
        String id = GivenId.of(row);
        if (id != null && PostIds.isId(id)) {
            ofCommunities.put(id, row.place());
        }
        if (ofCommunities.size() == SIZE) {
            removeOfCommunities();
        }
    }

    /** Remembers that a post of this time is not stored, so that nobody misses it for its long text. */
    void leftOutAt(@Nullable Instant time) {
        if (time != null && secondsLeftOut.size() < MAX_SECONDS) {
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
        if (!newlyDeleted.isEmpty()) {
            removeDeleted();
        }
        if (!ofCommunities.isEmpty()) {
            removeOfCommunities();
        }
    }

    /** Settles the versions of edited posts, when nothing looks for their own times any more. */
    void end() {
        flush();
        settleVersions();
    }

    /** Counts posts of earlier imports that are better now, each once. */
    void corrected(ImportStore.Corrected better) {
        corrected += better.posts();
        skipped -= better.skipped();
    }

    private void store() {
        if (batch.isEmpty()) {
            return;
        }
        Map<String, String> known = store.newestVersions(batch.stream().flatMap(Batches::ids).collect(Collectors.toSet()));
        versions.addKnown(known);
        List<ReadPost> posts = batch.stream().filter(read -> !known.containsKey(read.post().id()) || !isOld(read.post(), List.of())).toList();
        batch.clear();
        characters = 0;
        Added added = store.add(posts);
        imported += added.imported();
        corrected += added.corrected();
        skipped += posts.size() - added.imported() - added.corrected() - added.deleted().size();
        added.deleted().stream().filter(id -> !deleted.contains(id)).forEach(id -> {
            deletedPosts++;
            remarks.add(Remarks.Kind.DELETED_EARLIER, place(id));
        });
        added.repeated().forEach(id -> remarks.add(PostIds.isDerived(id) ? Remarks.Kind.LOOK_ALIKE : Remarks.Kind.SAME_ID, place(id)));
        added.otherTexts().forEach(id -> remarks.add(Remarks.Kind.OTHER_TEXT, place(id)));
        added.otherAuthors().forEach(id -> remarks.add(Remarks.Kind.OTHER_AUTHOR, place(id)));
        places.clear();
        if (versions.isFull()) {
            settleVersions();
        }
    }

    /** Returns the ids that may be those of older versions. */
    private static Stream<String> ids(ReadPost read) {
        return Stream.concat(read.olderVersions().stream(),
                Stream.of(read.post().id(), read.post().inReplyToId(), read.post().conversationId()).flatMap(Stream::ofNullable));
    }

    private Place place(String id) {
        return places.getOrDefault(id, Place.of(null));
    }

    private void removeUnwanted() {
        imported -= store.remove(unwanted);
        unwanted.clear();
    }

    private void removeDeleted() {
        inParts(newlyDeleted, some -> imported -= store.delete(some));
        newlyDeleted.clear();
    }

    private void removeOfCommunities() {
        Map<String, Boolean> known = store.stored(ofCommunities.keySet());
        List<String> own = known.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
        imported -= own.isEmpty() ? 0 : store.remove(own);
        known.keySet().stream().filter(id -> !own.contains(id)).forEach(id -> {
            communityPosts--;
            skipped++;
            remarks.add(Remarks.Kind.STORED_OF_COMMUNITY, ofCommunities.getOrDefault(id, Place.of(null)));
        });
        ofCommunities.clear();
    }

    private void settleVersions() {
        Map<String, Instant> removed = new HashMap<>();
        inParts(versions.newestByOlder().entrySet(), some -> {
            Map<String, Instant> own = store.removeVersions(some.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
            imported -= own.size();
            olderVersions += own.size();
            removed.putAll(own);
        });
        List<Change> times = new ArrayList<>();
        versions.firstTimes(removed).forEach((id, time) -> times.add(new Change(id, null, time)));
        inParts(times, some -> corrected(store.change(some)));
        store.redirectReplies(versions.newestByOlder());
        versions.clear();
    }

    private <T extends Object> void inParts(Collection<T> all, Consumer<List<T>> work) {
        all.stream().gather(Gatherers.windowFixed(SIZE)).forEach(some -> {
            look.run();
            work.accept(some);
        });
    }
}
