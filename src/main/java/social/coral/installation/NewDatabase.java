package social.coral.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An empty database that a backup is restored into. An embedded one is created beside the present one and replaces it when it
 * is complete; until then the present one is not touched. On an external server it is the database of DATABASE_URL.
 */
public final class NewDatabase implements AutoCloseable {

    private static final String RESTORING = EmbeddedDatabase.FOLDER + ".restoring";
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final @Nullable DataFolder folder;
    private final @Nullable PostgresBinaries binaries;
    private final @Nullable DatabaseServer external;
    private @Nullable EmbeddedDatabase present;
    private @Nullable EmbeddedDatabase created;

    private NewDatabase(@Nullable DataFolder folder, @Nullable PostgresBinaries binaries, @Nullable DatabaseServer external) {
        this.folder = folder;
        this.binaries = binaries;
        this.external = external;
    }

    static NewDatabase external(DatabaseServer server) {
        return new NewDatabase(null, null, server);
    }

    static NewDatabase embedded(DataFolder folder, PostgresBinaries binaries) {
        return new NewDatabase(folder, binaries, null);
    }

    public boolean isEmbedded() {
        return external == null;
    }

    /** Starts the embedded database that will be replaced; empty when there is none. */
    public Optional<DatabaseServer> present() {
        if (folder == null || binaries == null) {
            return Optional.empty();
        }
        Path data = folder.resolve(EmbeddedDatabase.FOLDER);
        if (Files.notExists(data) && !RestoredFolder.isPending(data)) {
            return Optional.empty();
        }
        present = new EmbeddedDatabase(folder, binaries);
        return Optional.of(present.start());
    }

    public DatabaseServer create() throws IOException {
        if (folder == null || binaries == null) {
            return Objects.requireNonNull(external);
        }
        stop(present);
        RestoredFolder.deleteLeftover(folder.resolve(EmbeddedDatabase.FOLDER));
        deleteUnfinished(folder, binaries);
        created = new EmbeddedDatabase(folder, binaries, RESTORING);
        return created.start();
    }

    /** Stops the server that a killed restore left running, and deletes its data. */
    private static void deleteUnfinished(DataFolder folder, PostgresBinaries binaries) throws IOException {
        Path unfinished = folder.resolve(RESTORING);
        if (Files.exists(unfinished)) {
            new PostgresServer(binaries.bin(), unfinished, folder.resolve("logs")).stop();
            Folders.delete(unfinished);
        }
    }

    /** Replaces the present database with the new one. Returns the folder that keeps the present one, if there was one. */
    public Optional<Path> replacePresent() throws IOException {
        if (folder == null) {
            return Optional.empty();
        }
        stop(created);
        Path data = folder.resolve(EmbeddedDatabase.FOLDER);
        Path aside = folder.resolve(EmbeddedDatabase.FOLDER + ".before-" + MOMENT.format(Instant.now()));
        boolean replaces = Files.exists(data);
        RestoredFolder.replace(data, folder.resolve(RESTORING), aside);
        return replaces ? Optional.of(aside) : Optional.empty();
    }

    private static void stop(@Nullable EmbeddedDatabase database) {
        if (database != null) {
            database.close();
        }
    }

    /** Deletes the new database if it did not replace the present one. */
    @Override
    public void close() throws IOException {
        stop(present);
        stop(created);
        if (folder != null) {
            Folders.delete(folder.resolve(RESTORING));
            folder.close();
        }
    }
}
