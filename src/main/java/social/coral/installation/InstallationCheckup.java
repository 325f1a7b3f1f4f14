package social.coral.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Looks at the installation that the settings describe, without disturbing one that runs: its folder, its key, its port
 * and its database, which is started for the look where nobody else runs it and stopped again on {@link #close}.
 */
public final class InstallationCheckup implements AutoCloseable {

    private static final long MEGABYTE = 1024 * 1024;

    private final InstallationSettings settings;
    private final DiskSettings disk;
    private final int port;
    private final String postgresVersion;
    private final Optional<String> occupant;
    private final Optional<KeyWrapping> keyService;
    private @Nullable DataFolder folder;
    private @Nullable EmbeddedDatabase started;

    private InstallationCheckup(
            InstallationSettings settings, DiskSettings disk, int port, String postgresVersion, Optional<String> occupant, Optional<KeyWrapping> keyService) {
        this.settings = settings;
        this.disk = disk;
        this.port = port;
        this.postgresVersion = postgresVersion;
        this.occupant = occupant;
        this.keyService = keyService;
    }

    /** Settings that cannot be read, or a folder that cannot be, are a {@link StartFault}, as they would be at the start. */
    public static InstallationCheckup of(Environment environment, Optional<KeyWrapping> keyService) {
        Binder binder = Binder.get(environment);
        try {
            InstallationSettings settings = binder.bindOrCreate("coral.installation", InstallationSettings.class);
            int port = ServingPort.wanted(environment);
            return new InstallationCheckup(
                    settings, binder.bindOrCreate("coral.disk", DiskSettings.class), port, environment.getRequiredProperty("coral.installation.postgres-version"), DataFolder.occupant(settings.dataFolder()),
                    keyService);
        } catch (BindException e) {
            throw new StartFault(String.valueOf(StartFaultReporter.sentenceOf(e)), e);
        } catch (IOException e) {
            throw new StartFault("the data folder cannot be read (" + FaultReasons.of(e) + "); give this user the right to do so, or name another with CORAL_DATA", e);
        }
    }

    public List<Finding> folder() {
        Path root = settings.dataFolder();
        Path existing = nearestExisting(root);
        Finding state;
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            state = Finding.fault("data folder", existing + " cannot be written; give this user the right to do so, or name another with CORAL_DATA");
        } else if (occupant.isPresent()) {
            state = Finding.ok("data folder", root + ", in use by process " + occupant.get());
        } else {
            state = Finding.ok("data folder", root + (existing.equals(root) ? ", not in use" : ", not created yet; ./coral run creates it"));
        }
        return List.of(state, disk(existing));
    }

    /** The folder itself, or the one that it would be made in. */
    private static Path nearestExisting(Path folder) {
        Path nearest = folder;
        for (Path parent = folder.getParent(); parent != null && Files.notExists(nearest); parent = parent.getParent()) {
            nearest = parent;
        }
        return nearest;
    }

    private Finding disk(Path folder) {
        try {
            String said = Files.getFileStore(folder).getUsableSpace() / MEGABYTE + " MB free where the data is";
            return switch (disk.levelOf(folder)) {
                case SHORT -> Finding.fault("disk", said + "; make room, imports, exports and runs wait for it");
                case LITTLE -> Finding.warning("disk", said + "; make room before imports, exports and runs have to wait for it");
                case PLENTY -> Finding.ok("disk", said);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Finding key() {
        if (settings.encryptionKey() != null) {
            return KeyStrength.weakness(settings.encryptionKey())
                    .map(weakness -> Finding.fault("master key", "ENCRYPTION_KEY " + weakness + "; make one with: openssl rand -hex 32"))
                    .orElseGet(() -> Finding.ok("master key", "from ENCRYPTION_KEY"));
        }
        Path file = settings.dataFolder().resolve(MasterKey.FILE);
        if (Files.notExists(file)) {
            return Finding.ok("master key", "not created yet; the first start writes one to " + file);
        }
        try {
            String newest = Files.readString(file).lines().findFirst().orElse("").strip();
            if (keyService.isPresent()) {
                return Finding.ok("master key", "in " + MasterKey.of(settings, keyService).place());
            }
            Optional<String> weakness = KeyStrength.weakness(newest);
            if (weakness.isPresent()) {
                return Finding.fault("master key", file + " " + weakness.get() + "; put the backup of it back");
            }
            Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
            open.removeAll(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
            return open.isEmpty()
                    ? Finding.ok("master key", "in " + file + "; keep a copy of it apart from the other backups")
                    : Finding.warning("master key", "others may read " + file + "; run: chmod 600 " + file);
        } catch (StartFault fault) {
            return Finding.fault("master key", String.valueOf(fault.getMessage()));
        } catch (IOException e) {
            return Finding.fault("master key", file + " cannot be read (" + FaultReasons.of(e) + "); it must belong to the user that runs Coral Social");
        }
    }

    public Finding port() {
        try {
            ServingPort.refuseTaken(port);
        } catch (StartFault fault) {
            return occupant.isPresent()
                    ? Finding.ok("port", port + " is taken, as it should be while process " + occupant.get() + " runs")
                    : Finding.fault("port", String.valueOf(fault.getMessage()));
        }
        return occupant.isPresent()
                ? Finding.warning("port", "nothing listens on " + port + " although process " + occupant.get() + " is running; it may have been started with another PORT")
                : Finding.ok("port", port + " is free");
    }

    /** The database; empty where the first start has not made it yet. */
    public Optional<DatabaseServer> database() throws IOException {
        if (settings.databaseUrl() != null) {
            return Optional.of(DatabaseUrl.parse(settings.databaseUrl()));
        }
        Path data = settings.dataFolder().resolve(EmbeddedDatabase.FOLDER);
        if (occupant.isPresent()) {
            int running = Postmaster.of(data)
                    .orElseThrow(() -> new StartFault("process " + occupant.get() + " runs, and its database has ended and is being started again; look again in"
                            + " a moment, logs/coral.log of the data folder tells what keeps it"))
                    .port();
            String password = Files.readString(settings.dataFolder().resolve(EmbeddedDatabase.PASSWORD)).strip();
            return Optional.of(EmbeddedDatabase.serverAt(running, password));
        }
        if (Files.notExists(data) && !RestoredFolder.waits(data)) {
            return Optional.empty();
        }
        folder = DataFolder.open(settings.dataFolder());
        started = new EmbeddedDatabase(folder, new PostgresBinaries(settings.binariesFolders(), postgresVersion));
        return Optional.of(started.start());
    }

    /** An empty database for a restore, to take the place of the present one. */
    public NewDatabase newDatabase() {
        if (settings.databaseUrl() != null) {
            return NewDatabase.ofOperator(DatabaseUrl.parse(settings.databaseUrl()));
        }
        return NewDatabase.embedded(DataFolder.open(settings.dataFolder()), new PostgresBinaries(settings.binariesFolders(), postgresVersion));
    }

    /** The master keys; empty where none was made yet. */
    public Optional<MasterKey> masterKey() {
        boolean none = settings.encryptionKey() == null && Files.notExists(settings.dataFolder().resolve(MasterKey.FILE));
        return none ? Optional.empty() : Optional.of(MasterKey.of(settings, keyService));
    }

    public InstallationSettings settings() {
        return settings;
    }

    @Override
    public void close() throws IOException {
        if (started != null) {
            started.close();
        }
        if (folder != null) {
            folder.close();
        }
    }
}
