package social.coral.imports;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import social.coral.imports.archive.Manifest;
import social.coral.imports.archive.Place;

/** Holds what an archive says that it has against what was found in it. */
final class ArchiveContents {

    private static final int MAX_FILES = 1_000;

    private final Map<String, Long> rowsOfFiles = new LinkedHashMap<>();
    private long rowsBefore;
    private @Nullable Manifest manifest;

    /** @param rowsBefore how many rows were read of other archives */
    ArchiveContents(long rowsBefore) {
        this.rowsBefore = rowsBefore;
    }

    void manifest(Manifest read) {
        manifest = read;
    }

    /** Notes that a file has ended, after so many rows in all. */
    void fileRead(String file, long rows) {
        if (rowsOfFiles.size() < MAX_FILES) {
            rowsOfFiles.put(file, rows - rowsBefore);
        }
        rowsBefore = rows;
    }

    void compare(Remarks remarks) {
        if (manifest == null) {
            return;
        }
        manifest.files().forEach((file, count) -> {
            Long read = rowsOfFiles.entrySet().stream().filter(found -> found.getKey().endsWith(file)).map(Map.Entry::getValue).findFirst().orElse(null);
            if (read == null) {
                remarks.note(Place.of(file), String.format(Locale.ROOT, "The archive's manifest names this file, with %s, but it is missing.", posts(count)));
            } else if (read != count.longValue()) {
                remarks.note(Place.of(file), String.format(Locale.ROOT, "The archive's manifest counts %s in this file; it has %,d.", posts(count), read));
            }
        });
        if (manifest.partial()) {
            remarks.note(Place.of(null), "X says that this archive is not complete.");
        }
    }

    private static String posts(long count) {
        return String.format(Locale.ROOT, count == 1 ? "%,d post" : "%,d posts", count);
    }
}
