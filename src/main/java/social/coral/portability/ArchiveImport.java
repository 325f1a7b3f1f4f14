package social.coral.portability;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.portability.ImportOutcome.Rejected;
import social.coral.portability.ImportOutcome.Taken;
import social.coral.tenancy.TenantDoor;

/** The rows of one archive on their way in, table by table; knows at any moment what was stored. */
final class ArchiveImport {

    private static final int MOST_TOLD = 100;
    // One is enough for an archive whose tables are in this installation's order; an older one may differ in a few.
    private static final int MOST_PASSES = 3;

    private final TenantDoor door;
    private final ArchivePlan plan;
    private final ImportTurn turn;
    private final List<Rejected> rejected = new ArrayList<>();
    private final List<Taken> taken = new ArrayList<>();
    private @Nullable TableImport present;

    ArchiveImport(TenantDoor door, ArchivePlan plan, ImportTurn turn) {
        this.door = door;
        this.plan = plan;
        this.turn = turn;
    }

    void read(ArchiveReader archive) throws IOException {
        List<String> files = plan.parts().stream().map(part -> ArchiveWriter.fileOf(part.table())).toList();
        int passes = archive.passes(files);
        if (passes > MOST_PASSES) {
            throw ArchiveReader.refused("has its tables in the wrong order");
        }
        for (int pass = 0; pass < passes; pass++) {
            archive.each((name, content) -> {
                if (taken.size() < files.size() && name.equals(files.get(taken.size()))) {
                    rows(plan.parts().get(taken.size()), content);
                }
            });
        }
    }

    private void rows(ArchivePlan.Part part, InputStream content) throws IOException {
        TableImport into = new TableImport(door, part, rejected, MOST_TOLD);
        present = into;
        Lines lines = new Lines(content);
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            turn.row();
            if (lines.tooLong()) {
                into.reject(lines.number(), "is longer than " + Lines.LONGEST / 1024 + " KB");
            } else {
                into.take(lines.number(), line);
            }
        }
        into.store();
        taken.add(into.taken());
        present = null;
    }

    /** Result so far. */
    ImportOutcome outcome() {
        List<Taken> all = new ArrayList<>(taken);
        if (present != null) {
            all.add(present.taken());
        }
        return new ImportOutcome(List.copyOf(all), List.copyOf(rejected), plan.leftOut());
    }
}
