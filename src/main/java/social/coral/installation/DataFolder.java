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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds what this installation must keep. One process at a time owns it: the lock is the operating
 * system's, so that a killed process leaves none behind. Only this user may look inside.
 */
public final class DataFolder implements AutoCloseable {

    static final String LOCK = "coral.lock";
    /** The names of the log's older files are a pattern, in which these stand for something else. */
    private static final String READ_BY_THE_LOG = "%\\";
    private static final String TEMPORARY = "tmp";

    private final Path root;
    private final FileChannel lockFile;

    private DataFolder(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /** Makes the folder if it is not there yet, and takes it for this process. */
    static DataFolder open(Path root) {
        if (root.toString().chars().anyMatch(character -> READ_BY_THE_LOG.indexOf(character) >= 0)) {
            throw new StartFault("the data folder " + root + " has a per cent sign or a backslash in its name, which the log's files cannot have;"
                    + " name another with CORAL_DATA");
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
            throw new StartFault("the data folder " + root + " cannot be written (" + FaultReasons.of(e)
                    + "); " + FaultReasons.remedy(e, "give this user the right to write it") + ", or name another folder with CORAL_DATA", e);
        }
    }

    /** The process that has the folder, if one does; looked at without taking it. */
    static Optional<String> occupant(Path root) throws IOException {
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
            throw new StartFault("the data folder " + root + " is in use by another Coral Social (process " + owner
                    + "); stop that one first, or give this one a folder of its own with CORAL_DATA");
        }
        file.truncate(0);
        file.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)), 0);
        file.force(true);
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            // This very process has it already.
            return null;
        }
    }

    private static String owner(FileChannel file) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        file.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
    }

    /** A file or folder inside the data folder; it need not exist. */
    public Path resolve(String name) {
        return root.resolve(name);
    }

    /** A folder for what need not outlive this process. What a killed process left in it is gone at the next start. */
    public Path temporary() {
        return resolve(TEMPORARY);
    }

    /** The content of a file that only this user may read, made with {@code initial} if it is not there yet. */
    String secret(String name, String initial) {
        return new SecretFile(resolve(name)).readOrMake(() -> initial);
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
