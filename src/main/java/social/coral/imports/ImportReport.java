package social.coral.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.imports.ImportResult.LeftOut;
import social.coral.imports.ImportResult.Removed;
import social.coral.imports.ImportResult.Remark;
import social.coral.imports.LeftOutPost.Kind;
import social.coral.imports.archive.Place;

/** Collects what the answer to an import says about its rows. */
final class ImportReport {

    private static final int MAX_REJECTED = 100;
    private static final int MAX_STATUSES = 20;

    private final Remarks remarks = new Remarks();
    private final List<Remark> rejected = new ArrayList<>();
    private long rejectedCount;
    /** How many rows had each status that says that a post is not on X. */
    private final Map<String, Long> notOnX = new LinkedHashMap<>();
    private @Nullable Place firstNotOnX;
    private int files;
    private @Nullable String onlyFile;
    private @Nullable Remark broken;

    Remarks remarks() {
        return remarks;
    }

    /** @param name null for an upload without names */
    void fileBegins(@Nullable String name) {
        files++;
        onlyFile = name;
    }

    void reject(Place place, String reason) {
        rejectedCount++;
        if (rejected.size() < MAX_REJECTED) {
            rejected.add(new Remark(place, reason));
        }
    }

    /** Counts a row whose status says that its post is not on X, under that status as long as there is room. */
    void notOnX(Place place, String status) {
        String name = Remarks.quoted(status);
        notOnX.merge(notOnX.size() < MAX_STATUSES || notOnX.containsKey(name) ? name : "others", 1L, Long::sum);
        firstNotOnX = firstNotOnX == null ? place : firstNotOnX;
    }

    private Stream<Remark> notes() {
        Stream<Remark> all = remarks.all().stream();
        if (firstNotOnX == null) {
            return all;
        }
        String counts = notOnX.entrySet().stream()
                .map(status -> String.format(Locale.ROOT, "%s %,d", status.getKey(), status.getValue()))
                .collect(Collectors.joining(", "));
        return Stream.concat(all, Stream.of(new Remark(firstNotOnX,
                "Rows were left out because their status says that the post is not on X: " + counts + " (first seen here).")));
    }

    /** Reports the first fault as such, and further ones beside it. */
    void broken(Remark remark) {
        if (broken == null) {
            broken = remark;
        } else {
            remarks.note(remark.place(), remark.reason());
        }
    }

    @Nullable Remark broken() {
        return broken;
    }

    /** @param waiting how many posts in communities are not decided on yet */
    ImportResult result(Batches posts, long waiting) {
        return new ImportResult(posts.imported(), posts.corrected(), posts.skipped(),
                new LeftOut(posts.leftOut().of(Kind.REPOST), posts.leftOut().of(Kind.DELETED), posts.ofCommunities() + waiting,
                        posts.leftOut().of(Kind.CIRCLE), posts.leftOut().of(Kind.OLDER_VERSION), notOnX.values().stream().mapToLong(Long::longValue).sum()),
                new Removed(posts.leftOut().removed(Kind.DELETED), posts.leftOut().removed(Kind.CIRCLE), posts.leftOut().removed(Kind.REPOST)),
                inOrder(rejected).stream().map(this::placed).toList(), rejectedCount, inOrder(notes().toList()).stream().map(this::placed).toList(),
                broken == null ? null : placed(broken));
    }

    /** Sorts the remarks by file and line; those on rows that had to wait came late. */
    private static List<Remark> inOrder(List<Remark> all) {
        List<@Nullable String> files = new ArrayList<>();
        all.stream().map(one -> one.place().file()).distinct().forEach(files::add);
        return all.stream()
                .sorted(Comparator.comparingInt((Remark one) -> files.indexOf(one.place().file())).thenComparingLong(one -> one.place().line()))
                .toList();
    }

    /** Leaves out the name of an only file. */
    private Remark placed(Remark remark) {
        return files == 1 && onlyFile != null ? new Remark(remark.place().in(onlyFile), remark.reason()) : remark;
    }
}
