package social.coral.installation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder with the installation's persistent data, readable for this user alone. One process at a time owns it: the
 * lock is the operating system's, so a killed process leaves none behind.
 */
public final class DataFolder implements AutoCloseable {

    static final String LOCK = "coral.lock";
    /** Characters with a meaning in the file name pattern of the rotated logs. */
    private static final String LOG_PATTERN_CHARACTERS = "%\\";
    private static final String TEMPORARY = "tmp";

    private final Path root;
    private final FileChannel lockFile;

    private DataFolder(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /** Creates the folder if it is missing, and locks it for this process. */
    static DataFolder open(Path root) {
        if (root.toString().chars().anyMatch(character -> LOG_PATTERN_CHARACTERS.indexOf(character) >= 0)) {
            throw new StartFault("The data folder " + root + " has a percent sign or a backslash in its name, which log files cannot have."
                    + " Choose another folder with CORAL_DATA.");
        }
        try {
            Files.createDirectories(root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createDirectories(root.resolve("logs"));
            FileChannel file = FileChannel.open(
                    root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            lock(root, file);
            Folders.delete(root.resolve(TEMPORARY));
            Files.createDirectories(root.resolve(TEMPORARY));
            return new DataFolder(root, file);
        } catch (IOException e) {
            throw new StartFault("The data folder " + root + " cannot be written (" + FaultReasons.of(e)
                    + "). " + FaultReasons.remedy(e, "Give this user permission to write it") + ", or choose another folder with CORAL_DATA.", e);
        }
    }

    /** Returns the id of the process that holds the lock, if one does, without taking the lock. */
    static Optional<String> lockHolder(Path root) throws IOException {
        Path file = root.resolve(LOCK);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock free = tryLock(channel)) {
            return free == null ? Optional.of(owner(channel)) : Optional.empty();
        }
    }

    private static void lock(Path root, FileChannel file) throws IOException {
        if (tryLock(file) == null) {
            String owner = owner(file);
            file.close();
            throw new StartFault("The data folder " + root + " is in use by another Coral Social (process " + owner
                    + "). Stop that process first, or choose another folder with CORAL_DATA.");
        }
        file.truncate(0);
        file.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)), 0);
        file.force(true);
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            // This process holds it already.
            return null;
        }
    }

    private static String owner(FileChannel file) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        file.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
    }

    /** Returns the path of a file or folder inside the data folder; it need not exist. */
    public Path resolve(String name) {
        return root.resolve(name);
    }

    /** Returns the folder for temporary files, which is emptied at each start. */
    public Path temporary() {
        return resolve(TEMPORARY);
    }

    /** Returns the content of a file that only this user may read, created with 256 random bits if it is missing. */
    String secret(String name) {
        return new SecretFile(resolve(name)).readOrCreate(DataFolder::random);
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
