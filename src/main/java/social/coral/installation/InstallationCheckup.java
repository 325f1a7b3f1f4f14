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
 * Checks the installation that the settings describe, without disturbing a running one: its folder, its key, its port and
 * its database. An embedded database that is not running is started for the check and stopped on {@link #close}.
 */
public final class InstallationCheckup implements AutoCloseable {

    private static final long MEGABYTE = 1024 * 1024;

    private final InstallationSettings settings;
    private final DiskSettings disk;
    private final int port;
    private final String postgresVersion;
    private final Optional<String> lockHolder;
    private final Optional<KeyWrapping> keyService;
    private @Nullable DataFolder folder;
    private @Nullable EmbeddedDatabase started;

    private InstallationCheckup(
            InstallationSettings settings, DiskSettings disk, int port, String postgresVersion, Optional<String> lockHolder, Optional<KeyWrapping> keyService) {
        this.settings = settings;
        this.disk = disk;
        this.port = port;
        this.postgresVersion = postgresVersion;
        this.lockHolder = lockHolder;
        this.keyService = keyService;
    }

    /** Throws {@link StartFault} for unreadable settings or an unreadable folder, as a start would. */
    public static InstallationCheckup of(Environment environment, Optional<KeyWrapping> keyService) {
        Binder binder = Binder.get(environment);
        try {
            InstallationSettings settings = binder.bindOrCreate("coral.installation", InstallationSettings.class);
            int port = ServingPort.configured(environment);
            return new InstallationCheckup(
                    settings, binder.bindOrCreate("coral.disk", DiskSettings.class), port,
                    environment.getRequiredProperty("coral.installation.postgres-version"), DataFolder.lockHolder(settings.dataFolder()), keyService);
        } catch (BindException e) {
            throw new StartFault(String.valueOf(StartFaultReporter.sentenceOf(e)), e);
        } catch (IOException e) {
            throw new StartFault("The data folder cannot be read (" + FaultReasons.of(e) + "). Give this user permission, or choose another folder with CORAL_DATA.", e);
        }
    }

    public List<Finding> folder() {
        Path root = settings.dataFolder();
        Path existing = nearestExisting(root);
        Finding state;
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            state = Finding.fault("data folder", existing + " cannot be written. Give this user permission, or choose another folder with CORAL_DATA.");
        } else if (lockHolder.isPresent()) {
            state = Finding.ok("data folder", root + ", in use by process " + lockHolder.get());
        } else {
            state = Finding.ok("data folder", root + (existing.equals(root) ? ", not in use" : ", not created yet; ./coral run creates it"));
        }
        return List.of(state, disk(existing));
    }

    /** Returns the folder itself, or the one it would be created in. */
    private static Path nearestExisting(Path folder) {
        Path nearest = folder;
        for (Path parent = folder.getParent(); parent != null && Files.notExists(nearest); parent = parent.getParent()) {
            nearest = parent;
        }
        return nearest;
    }

    private Finding disk(Path folder) {
        try {
            String free = Files.getFileStore(folder).getUsableSpace() / MEGABYTE + " MB";
            return switch (disk.levelOf(folder)) {
                case EXHAUSTED -> Finding.fault("disk", "Only " + free + " are free. Imports, exports and runs wait until you make room.");
                case LOW -> Finding.warning("disk", "Only " + free + " are free. Make room before imports, exports and runs have to wait.");
                case OK -> Finding.ok("disk", free + " free");
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Finding key() {
        if (settings.encryptionKey() != null) {
            return KeyStrength.weakness(settings.encryptionKey())
                    .map(weakness -> Finding.fault("master key", KeyStrength.fault("ENCRYPTION_KEY", weakness)))
                    .orElseGet(() -> Finding.ok("master key", "from ENCRYPTION_KEY"));
        }
        Path file = settings.dataFolder().resolve(MasterKey.FILE);
        if (Files.notExists(file)) {
            return Finding.ok("master key", "not created yet; the first start writes one to " + file);
        }
        try {
            String newest = Files.readString(file).lines().findFirst().orElse("").strip();
            if (keyService.isPresent()) {
                return Finding.ok("master key", "in " + MasterKey.of(settings, keyService).location());
            }
            Optional<String> weakness = KeyStrength.weakness(newest);
            if (weakness.isPresent()) {
                return Finding.fault("master key", "The key in " + file + " " + weakness.get() + ". Restore the file from its backup.");
            }
            Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
            open.removeAll(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
            return open.isEmpty()
                    ? Finding.ok("master key", "in " + file + "; keep a copy of it, separate from the other backups")
                    : Finding.warning("master key", "Other users may read " + file + ". Run: chmod 600 " + file + ".");
        } catch (StartFault fault) {
            return Finding.fault("master key", String.valueOf(fault.getMessage()));
        } catch (IOException e) {
            return Finding.fault("master key", file + " cannot be read (" + FaultReasons.of(e) + "). It must belong to the user that runs Coral Social.");
        }
    }

    public Finding port() {
        try {
            ServingPort.requireFree(port);
        } catch (StartFault fault) {
            return lockHolder.isPresent()
                    ? Finding.ok("port", port + " is in use by the running installation (process " + lockHolder.get() + ")")
                    : Finding.fault("port", String.valueOf(fault.getMessage()));
        }
        return lockHolder.isPresent()
                ? Finding.warning("port", "Nothing listens on " + port + " although process " + lockHolder.get() + " is running. It may have been started with another PORT.")
                : Finding.ok("port", port + " is free");
    }

    /** Returns the database; empty before the first start has created it. */
    public Optional<DatabaseServer> database() throws IOException {
        if (settings.databaseUrl() != null) {
            return Optional.of(DatabaseUrl.parse(settings.databaseUrl()));
        }
        Path data = settings.dataFolder().resolve(EmbeddedDatabase.FOLDER);
        if (lockHolder.isPresent()) {
            int running = Postmaster.of(data)
                    .orElseThrow(() -> new StartFault("Process " + lockHolder.get() + " is running, but its database has ended and is being restarted. Try again in"
                            + " a moment. If this keeps happening, look in logs/coral.log of the data folder."))
                    .port();
            String password = Files.readString(settings.dataFolder().resolve(EmbeddedDatabase.PASSWORD)).strip();
            return Optional.of(EmbeddedDatabase.serverAt(running, password));
        }
        if (Files.notExists(data) && !RestoredFolder.isPending(data)) {
            return Optional.empty();
        }
        folder = DataFolder.open(settings.dataFolder());
        started = new EmbeddedDatabase(folder, new PostgresBinaries(settings.binariesFolders(), postgresVersion));
        return Optional.of(started.start());
    }

    /** Returns an empty database for a restore, which replaces the present one. */
    public NewDatabase newDatabase() {
        if (settings.databaseUrl() != null) {
            return NewDatabase.external(DatabaseUrl.parse(settings.databaseUrl()));
        }
        return NewDatabase.embedded(DataFolder.open(settings.dataFolder()), new PostgresBinaries(settings.binariesFolders(), postgresVersion));
    }

    /** Returns the master keys; empty when there is none yet. */
    public Optional<MasterKey> masterKey() {
        boolean none = settings.encryptionKey() == null && Files.notExists(settings.dataFolder().resolve(MasterKey.FILE));
        return none ? Optional.empty() : Optional.of(MasterKey.of(settings, keyService));
    }

    public InstallationSettings settings() {
        return settings;
    }

    /** Returns where a file of the data folder is, or would be. */
    public Path file(String name) {
        return settings.dataFolder().resolve(name);
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
