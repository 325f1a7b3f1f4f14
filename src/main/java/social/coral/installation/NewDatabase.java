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
 * An empty database that a backup is restored into. The embedded one is made beside the present one and takes its place when it
 * is complete; until then nothing of the present one is touched. On a server of the operator's it is the database of DATABASE_URL.
 */
public final class NewDatabase implements AutoCloseable {

    private static final String BEGUN = EmbeddedDatabase.FOLDER + ".restoring";
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final @Nullable DataFolder folder;
    private final @Nullable PostgresBinaries binaries;
    private final @Nullable DatabaseServer operators;
    private @Nullable EmbeddedDatabase present;
    private @Nullable EmbeddedDatabase made;

    private NewDatabase(@Nullable DataFolder folder, @Nullable PostgresBinaries binaries, @Nullable DatabaseServer operators) {
        this.folder = folder;
        this.binaries = binaries;
        this.operators = operators;
    }

    static NewDatabase ofOperator(DatabaseServer server) {
        return new NewDatabase(null, null, server);
    }

    static NewDatabase embedded(DataFolder folder, PostgresBinaries binaries) {
        return new NewDatabase(folder, binaries, null);
    }

    public boolean isEmbedded() {
        return operators == null;
    }

    /** The embedded database that is to be replaced, started for a look; empty where there is none. */
    public Optional<DatabaseServer> present() {
        if (folder == null || binaries == null) {
            return Optional.empty();
        }
        Path data = folder.resolve(EmbeddedDatabase.FOLDER);
        if (Files.notExists(data) && !RestoredFolder.waits(data)) {
            return Optional.empty();
        }
        present = new EmbeddedDatabase(folder, binaries);
        return Optional.of(present.start());
    }

    /** The empty database. */
    public DatabaseServer make() throws IOException {
        if (folder == null || binaries == null) {
            return Objects.requireNonNull(operators);
        }
        stop(present);
        RestoredFolder.forget(folder.resolve(EmbeddedDatabase.FOLDER));
        forgetBegun(folder, binaries);
        made = new EmbeddedDatabase(folder, binaries, BEGUN);
        return made.start();
    }

    /** A killed restore leaves its server running. */
    private static void forgetBegun(DataFolder folder, PostgresBinaries binaries) throws IOException {
        Path begun = folder.resolve(BEGUN);
        if (Files.exists(begun)) {
            new PostgresServer(binaries.bin(), begun, folder.resolve("logs")).stop();
            Folders.delete(begun);
        }
    }

    /** Puts the new database in the place of the present one; says where that is kept, if there was one. */
    public Optional<Path> takePlace() throws IOException {
        if (folder == null) {
            return Optional.empty();
        }
        stop(made);
        Path data = folder.resolve(EmbeddedDatabase.FOLDER);
        Path aside = folder.resolve(EmbeddedDatabase.FOLDER + ".before-" + MOMENT.format(Instant.now()));
        boolean replaces = Files.exists(data);
        RestoredFolder.replace(data, folder.resolve(BEGUN), aside);
        return replaces ? Optional.of(aside) : Optional.empty();
    }

    private static void stop(@Nullable EmbeddedDatabase database) {
        if (database != null) {
            database.close();
        }
    }

    /** What did not take its place is removed. */
    @Override
    public void close() throws IOException {
        stop(present);
        stop(made);
        if (folder != null) {
            Folders.delete(folder.resolve(BEGUN));
            folder.close();
        }
    }
}
