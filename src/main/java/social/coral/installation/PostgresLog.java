package social.coral.installation;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Map;

/** The embedded server's log: one file for each weekday, overwritten a week later. */
final class PostgresLog {

    private final Path folder;
    private long mark;

    PostgresLog(Path folder) {
        this.folder = folder;
    }

    Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("logging_collector", "on"),
                Map.entry("log_directory", folder.toString()),
                Map.entry("log_filename", "postgres-%a.log"),
                Map.entry("log_rotation_age", "1d"),
                Map.entry("log_rotation_size", "0"),
                Map.entry("log_truncate_on_rotation", "on"),
                Map.entry("log_timezone", "UTC"),
                Map.entry("lc_messages", "C"),
                Map.entry("log_checkpoints", "off"),
                // Details contain row values.
                Map.entry("log_error_verbosity", "terse"),
                // The client receives statement errors. Logged here as well, they would let a tenant fill the disk.
                Map.entry("log_min_messages", "log"));
    }

    /** Returns the file that the server writes to until its own log is open. */
    Path startFile() {
        return folder.resolve("postgres-start.log");
    }

    /** Marks the position that {@link #sinceMark} reads from. Creates the folder again if it was deleted, because no server starts without it. */
    void mark() throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(startFile());
        mark = Files.exists(today()) ? Files.size(today()) : 0;
    }

    String sinceMark() throws IOException {
        String start = Files.exists(startFile()) ? Files.readString(startFile()) : "";
        if (Files.notExists(today())) {
            return start;
        }
        try (RandomAccessFile file = new RandomAccessFile(today().toFile(), "r")) {
            file.seek(Math.min(mark, file.length()));
            byte[] fresh = new byte[(int) Math.min(64 * 1024, file.length() - file.getFilePointer())];
            file.readFully(fresh);
            return start + "\n" + new String(fresh, StandardCharsets.UTF_8);
        }
    }

    private Path today() {
        String day = LocalDate.now(ZoneOffset.UTC).getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        return folder.resolve("postgres-" + day + ".log");
    }
}
