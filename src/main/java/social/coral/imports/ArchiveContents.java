package social.coral.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.imports.archive.Manifest;
import social.coral.imports.archive.Place;

/** Holds what the archives of an upload say that they have against what was found, wherever in the upload that was. */
final class ArchiveContents {

    private static final int MAX_FILES = 1_000;
    private static final int MAX_NAMED = 20;
    private static final Pattern MONTH = Pattern.compile("[0-9]{4}_[0-9]{2}\\.js");
    private static final String TABLE = "tweets.csv";

    private static final class Archive {

        private final Map<String, Long> rowsOfFiles = new LinkedHashMap<>();
        private @Nullable String owner;
        private @Nullable Manifest manifest;
        private long total;
        /** The file in which the archive breaks off; null for one that was read to its end. */
        private @Nullable String cutIn;
        private final List<String> unread = new ArrayList<>();

        private long listed() {
            return manifest == null ? 0 : manifest.files().values().stream().mapToLong(Long::longValue).sum();
        }

        private boolean mayBePartOf(Archive other) {
            return owner == null || other.owner == null || owner.equals(other.owner);
        }
    }

    /** The files that are in no archive of their own come first. */
    private final List<Archive> archives = new ArrayList<>(List.of(new Archive()));
    private Archive present = archives.getFirst();
    private int files;
    private long rowsBefore;

    void archiveBegins() {
        present = new Archive();
        archives.add(present);
    }

    void archiveCut(String entry) {
        present.cutIn = base(entry);
    }

    void archiveEnds(@Nullable String owner) {
        present.owner = owner;
        present = archives.getFirst();
    }

    void manifest(Manifest read) {
        files += read.files().size();
        if (read.total() > 0) {
            present.total = read.total();
        } else if (files <= MAX_FILES) {
            present.manifest = read;
        }
    }

    /** Notes that a file has ended, after so many rows in all. */
    void fileRead(String file, long rows) {
        if (++files <= MAX_FILES) {
            present.rowsOfFiles.putIfAbsent(base(file), rows - rowsBefore);
        }
        rowsBefore = rows;
    }

    void compare(Remarks remarks) {
        for (Archive archive : archives) {
            compareTotal(archive, remarks);
            Manifest manifest = archive.manifest;
            if (manifest != null) {
                manifest.files().forEach((file, count) -> compare(archive, file, count, remarks));
                if (!archive.unread.isEmpty()) {
                    remarks.note(Place.of(null), "The archive breaks off, so these files in it were not read: " + String.join(", ", archive.unread) + ".");
                }
                if (manifest.partial()) {
                    remarks.note(Place.of(null), "X says that this archive is not complete.");
                }
            }
        }
    }

    private void compare(Archive archive, String file, long count, Remarks remarks) {
        String name = base(file);
        Long read = Stream.concat(Stream.of(archive), archives.stream().filter(other -> other.mayBePartOf(archive)))
                .map(other -> other.rowsOfFiles.get(name)).filter(Objects::nonNull).findFirst().orElse(null);
        if (read == null && archive.cutIn != null) {
            if (!name.equals(archive.cutIn) && archive.unread.size() < MAX_NAMED) {
                archive.unread.add(name);
            }
        } else if (read == null && !(MONTH.matcher(name).matches() && archive.rowsOfFiles.getOrDefault(TABLE, 0L) >= archive.listed())) {
            remarks.note(Place.of(file), String.format(Locale.ROOT, "X says that the archive has this file, with %s, but it is missing. Request the archive again.", posts(count)));
        } else if (read != null && read != count) {
            remarks.note(Place.of(file), String.format(Locale.ROOT, "X says that this file has %s, but it has %,d. Request the archive again.", posts(count), read));
        }
    }

    /** An archive of 2012 to 2018 has its posts twice: in months, and in a table. */
    private static void compareTotal(Archive archive, Remarks remarks) {
        long months = archive.rowsOfFiles.entrySet().stream().filter(file -> MONTH.matcher(file.getKey()).matches()).mapToLong(Map.Entry::getValue).sum();
        long read = Math.max(months, archive.rowsOfFiles.getOrDefault(TABLE, 0L));
        if (archive.total > read && archive.total != archive.listed() && archive.cutIn == null) {
            remarks.note(Place.of(null), String.format(Locale.ROOT, "The archive says that it has %s, but %,d could be read. If you have it elsewhere, upload that copy.", posts(archive.total), read));
        }
    }

    /** Returns the name alone, because the folders before it can be lost. */
    private static String base(String file) {
        return file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    private static String posts(long count) {
        return String.format(Locale.ROOT, count == 1 ? "%,d post" : "%,d posts", count);
    }
}
