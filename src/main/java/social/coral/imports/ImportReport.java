package social.coral.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.imports.ImportResult.LeftOut;
import social.coral.imports.ImportResult.Removed;
import social.coral.imports.ImportResult.Told;
import social.coral.imports.LeftOutPost.Kind;
import social.coral.imports.archive.Place;

/** What became of the rows of an import, for its answer. */
final class ImportReport {

    private static final int MAX_TOLD = 100;

    private final Remarks remarks = new Remarks();
    private final List<Told> rejected = new ArrayList<>();
    private long rejectedCount;
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
                new LeftOut(posts.leftOut(Kind.REPOST), posts.leftOut(Kind.DELETED), posts.ofCommunities() + waiting, posts.leftOut(Kind.CIRCLE), posts.leftOut(Kind.OLDER_VERSION)),
                new Removed(posts.removed(Kind.DELETED), posts.removed(Kind.CIRCLE), posts.removed(Kind.REPOST)),
                inOrder(rejected).stream().map(this::placed).toList(), rejectedCount, inOrder(remarks.all()).stream().map(this::placed).toList(),
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
