package social.coral.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.imports.ImportStore.Added;
import social.coral.imports.ImportStore.Change;
import social.coral.imports.ImportStore.ReadPost;
import social.coral.imports.LeftOutPost.Kind;
import social.coral.imports.archive.Place;
import social.coral.imports.archive.PostRow;
import social.coral.networks.Post;
import social.coral.networks.PostIds;
import social.coral.networks.PostVersions;

/** Stores an import's posts in batches, each in its own transaction, and counts the results. */
final class Batches {

    private static final int SIZE = 200;
    private static final int MAX_CHARACTERS = 100_000;
    /** So many names of files fit in memory beside those of other imports. */
    private static final int MAX_SHEETS = 5_000;

    private final ImportStore store;
    private final Remarks remarks;
    private final Runnable look;
    private final Versions versions = new Versions();
    private final List<ReadPost> batch = new ArrayList<>(SIZE);
    private final Map<String, Place> places = new HashMap<>();
    private final List<LeftOutPost> unwanted = new ArrayList<>();
    private final LeftOutCounts leftOut = new LeftOutCounts();
    private final Map<String, Place> ofCommunities = new HashMap<>();
    private final Set<String> sheets = new HashSet<>();
    private @Nullable String sheet;
    private int characters;
    private long imported;
    private long corrected;
    private long skipped;
    private long communityPosts;
    private long cutOffRows;

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

    /** What was left out or removed, and why. */
    LeftOutCounts leftOut() {
        return leftOut;
    }

    /** Returns how many posts in communities were not kept. */
    long ofCommunities() {
        return communityPosts;
    }

    /** Reports whether no post has come yet. */
    boolean areNone() {
        return batch.isEmpty() && imported + corrected + skipped + leftOut.of(Kind.OLDER_VERSION) == 0;
    }

    void add(PostRow row, Post post) {
        if (unwanted.size() >= SIZE) {
            removeUnwanted();
        }
        if (leftOut.isDeleted(post.id())) {
            leftOut.at(post.createdAt());
            return;
        }
        PostVersions.before(post.id(), row.versions()).forEach(older -> leftOut.at(PostIds.time(older)));
        if (isOld(post, row.versions())) {
            return;
        }
        if (PostIds.isDerived(post.id())) {
            beginSheet(Objects.requireNonNullElse(row.place().file(), ""));
        }
        ReadPost read = ReadPost.of(row, post);
        cutOffRows += read.origin() == Origin.CUT ? 1 : 0;
        batch.add(read);
        places.put(post.id(), row.place());
        characters += read.characters();
        if (batch.size() == SIZE || characters > MAX_CHARACTERS) {
            store();
        }
    }

    /** Two rows of one sheet are two posts, and those of two sheets can be one. */
    private void beginSheet(String file) {
        if (file.equals(sheet)) {
            return;
        }
        boolean first = sheet == null;
        boolean goesOn = !sheets.add(file) || sheets.size() > MAX_SHEETS;
        sheet = file;
        if (!first) {
            store();
            store.sheetBegins(goesOn);
        }
    }

    private boolean isOld(Post post, List<String> known) {
        boolean old = versions.isOld(post.id(), known, post.createdAt());
        if (old) {
            leftOut.count(Kind.OLDER_VERSION, post.createdAt());
            if (PostIds.isId(post.id())) {
                unwanted.add(LeftOutPost.olderVersion(post));
            }
        }
        return old;
    }

    /** Takes what is known of a post that is not kept. An earlier import or another file may have stored it. */
    void remove(LeftOutPost post) {
        unwanted.add(post);
        if (unwanted.size() >= SIZE) {
            removeUnwanted();
        }
    }

    /** Takes a repost. A table may call something a repost that an archive knows to be none. */
    void leaveOutRepost(PostRow row, @Nullable Instant time) {
        leftOut.count(Kind.REPOST, row.breaksOff() ? time : null);
        String id = GivenId.of(row);
        if (id != null && PostIds.isId(id)) {
            remove(new LeftOutPost(id, Kind.REPOST, row.ofX() && PostIds.isWithin64Bits(id), null));
        }
    }

    /** Takes a post that its author has deleted, which can be named by several lists and be among the others as well. */
    void delete(PostRow row, @Nullable Instant time) {
        String id = GivenId.of(row);
        if (id != null && leftOut.isDeleted(id)) {
            leftOut.at(time);
        } else {
            leftOut.count(Kind.DELETED, time);
        }
        leftOut.deleted(LeftOutPost.ids(row));
    }

    /** Takes a post in a community that is not to be stored. It may be here from an earlier import that was to store it. */
    void leaveOutOfCommunity(PostRow row, @Nullable Instant time) {
        leftOut.at(time);
        communityPosts++;
        String id = GivenId.of(row);
        if (id != null && PostIds.isId(id)) {
            ofCommunities.put(id, row.place());
        }
        if (ofCommunities.size() == SIZE) {
            removeOfCommunities();
        }
    }

    /** Stores what is left. */
    void flush() {
        store();
        removeUnwanted();
        if (!ofCommunities.isEmpty()) {
            removeOfCommunities();
        }
    }

    /** Settles the versions of edited posts, when nothing looks for their own times any more. */
    void end() {
        flush();
        settleVersions();
        look.run();
        int cutOff = cutOffRows == 0 ? 0 : store.cutOff();
        if (cutOff > 0) {
            remarks.note(Place.of(null), cutOff == 1 ? "A text breaks off, and its long text was in no file."
                    : String.format(Locale.ROOT, "%,d texts break off, and their long texts were in no file.", cutOff));
        }
        look.run();
        int minutes = store.minutesBetweenZones();
        if (minutes != 0) {
            remarks.note(Place.of(null), "Posts without ids begin like others whose times are %d:%02d hours %s. They may be the same posts in local time, stored twice."
                    .formatted(Math.abs(minutes) / 60, Math.abs(minutes) % 60, minutes > 0 ? "earlier" : "later")
                    + " If so, undo the import of the file without ids, write its times in UTC, and import it again.");
        }
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
        Map<String, String> known = store.newestVersions(batch.stream().flatMap(ReadPost::olderIds).collect(Collectors.toSet()));
        versions.addKnown(known);
        List<ReadPost> posts = batch.stream().filter(read -> !known.containsKey(read.post().id()) || !isOld(read.post(), List.of())).toList();
        batch.clear();
        characters = 0;
        Added added = store.add(posts);
        imported += added.imported();
        corrected += added.corrected();
        skipped += posts.size() - added.imported() - added.corrected() - added.leftOut().size();
        added.leftOut().forEach((id, kind) -> {
            if (!leftOut.isDeleted(id)) {
                leftOut.count(kind, null);
                if (kind == Kind.DELETED) {
                    leftOut.deleted(Stream.of(id));
                }
                Remarks.Kind.of(kind).ifPresent(remark -> remarks.add(remark, place(id)));
            }
        });
        added.repeated().forEach(id -> remarks.add(PostIds.isDerived(id) ? Remarks.Kind.LOOK_ALIKE : Remarks.Kind.SAME_ID, place(id)));
        added.otherTexts().forEach(id -> remarks.add(Remarks.Kind.OTHER_TEXT, place(id)));
        added.otherAuthors().forEach(id -> remarks.add(Remarks.Kind.OTHER_AUTHOR, place(id)));
        places.clear();
        if (versions.isFull()) {
            settleVersions();
        }
    }

    private Place place(String id) {
        return places.getOrDefault(id, Place.of(null));
    }

    /** Removes what is not to be here, after those are stored that it must not be taken for. */
    private void removeUnwanted() {
        store();
        Map<Kind, List<LeftOutPost>> kinds = unwanted.stream().collect(Collectors.groupingBy(LeftOutPost::kind, () -> new EnumMap<>(Kind.class), Collectors.toList()));
        unwanted.clear();
        kinds.forEach((kind, posts) -> inParts(posts, some -> {
            ImportStore.Removed gone = store.leaveOut(kind, some);
            imported -= gone.own();
            corrected -= gone.corrected();
            skipped -= gone.skipped();
            leftOut.countRemoved(kind, gone.earlier());
        }));
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
        removeUnwanted();
        Map<String, Instant> removed = new HashMap<>();
        inParts(versions.newestByOlder().entrySet(), some -> {
            Map<String, Instant> own = store.removeVersions(some.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
            imported -= own.size();
            leftOut.count(Kind.OLDER_VERSION, own.size());
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
