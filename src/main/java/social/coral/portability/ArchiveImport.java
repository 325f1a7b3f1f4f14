package social.coral.portability;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.portability.ImportOutcome.Rejected;
import social.coral.portability.ImportOutcome.Taken;
import social.coral.tenancy.TenantDoor;

/** Imports the rows of one archive table by table, and knows at any moment what was stored. */
final class ArchiveImport {

    private static final int MAX_REPORTED = 100;
    // One is enough for an archive whose tables are in this installation's order; an older one may differ in a few.
    private static final int MAX_PASSES = 3;

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
        if (passes > MAX_PASSES) {
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
        TableImport into = new TableImport(door, part, rejected, MAX_REPORTED);
        present = into;
        Lines lines = new Lines(content);
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            turn.row();
            if (lines.tooLong()) {
                into.reject(lines.number(), "is longer than " + Lines.MAX_LENGTH / 1024 + " KB");
            } else {
                into.take(lines.number(), line);
            }
        }
        into.store();
        taken.add(into.taken());
        present = null;
    }

    /** Returns the result so far. */
    ImportOutcome outcome() {
        List<Taken> all = new ArrayList<>(taken);
        if (present != null) {
            all.add(present.taken());
        }
        return new ImportOutcome(List.copyOf(all), List.copyOf(rejected), plan.leftOut());
    }
}
