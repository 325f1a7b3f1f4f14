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
import social.coral.imports.ImportResult.Told;
import social.coral.imports.LeftOutPost.Kind;
import social.coral.imports.archive.Place;

/** What became of the rows of an import, for its answer. */
final class ImportReport {

    private static final int MAX_TOLD = 100;
    private static final int MAX_STATUSES = 20;

    private final Remarks remarks = new Remarks();
    private final List<Told> rejected = new ArrayList<>();
    private long rejectedCount;
    /** How many rows had each status that tells that a post is not on X. */
    private final Map<String, Long> notOnX = new LinkedHashMap<>();
    private @Nullable Place firstNotOnX;
    private int files;
    private @Nullable String onlyFile;
    private @Nullable Told broken;

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
        if (rejected.size() < MAX_TOLD) {
            rejected.add(new Told(place, reason));
        }
    }

    /** Counts a row whose status tells that its post is not on X, under the status as far as there is room. */
    void notOnX(Place place, String status) {
        String name = Remarks.quoted(status);
        notOnX.merge(notOnX.size() < MAX_STATUSES || notOnX.containsKey(name) ? name : "others", 1L, Long::sum);
        firstNotOnX = firstNotOnX == null ? place : firstNotOnX;
    }

    private Stream<Told> notes() {
        Stream<Told> all = remarks.all().stream();
        return firstNotOnX == null ? all : Stream.concat(all, Stream.of(new Told(firstNotOnX, "Rows were left out because their status says that the post is not on X: "
                + notOnX.entrySet().stream().map(status -> String.format(Locale.ROOT, "%s %,d", status.getKey(), status.getValue())).collect(Collectors.joining(", ")) + " (first seen here).")));
    }

    /** Reports the first fault as such, and further ones beside it. */
    void broken(Told told) {
        if (broken == null) {
            broken = told;
        } else {
            remarks.note(told.place(), told.reason());
        }
    }

    @Nullable Told broken() {
        return broken;
    }

    /** @param waiting how many posts in communities are not decided on yet */
    ImportResult result(Batches posts, long waiting) {
        return new ImportResult(posts.imported(), posts.corrected(), posts.skipped(),
                new LeftOut(posts.leftOut().of(Kind.REPOST), posts.leftOut().of(Kind.DELETED), posts.ofCommunities() + waiting, posts.leftOut().of(Kind.CIRCLE), posts.leftOut().of(Kind.OLDER_VERSION), notOnX.values().stream().mapToLong(Long::longValue).sum()),
                new Removed(posts.leftOut().removed(Kind.DELETED), posts.leftOut().removed(Kind.CIRCLE), posts.leftOut().removed(Kind.REPOST)),
                inOrder(rejected).stream().map(this::placed).toList(), rejectedCount, inOrder(notes().toList()).stream().map(this::placed).toList(),
                broken == null ? null : placed(broken));
    }

    /** Sorts each file's rows, of which those that had to wait were told late. */
    private static List<Told> inOrder(List<Told> told) {
        List<@Nullable String> inTurn = new ArrayList<>();
        told.stream().map(one -> one.place().file()).distinct().forEach(inTurn::add);
        return told.stream()
                .sorted(Comparator.comparingInt((Told one) -> inTurn.indexOf(one.place().file())).thenComparingLong(one -> one.place().line()))
                .toList();
    }

    /** Of several files each is named, the only one is not. */
    private Told placed(Told told) {
        return files == 1 && onlyFile != null ? new Told(told.place().in(onlyFile), told.reason()) : told;
    }
}
