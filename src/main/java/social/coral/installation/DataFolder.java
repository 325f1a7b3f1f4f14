package social.coral.installation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.springframework.stereotype.Component;

/**
 * The folder that holds what this installation must keep. One process at a time owns it: the lock is the operating
 * system's, so that a killed process leaves none behind.
 */
@Component
public final class DataFolder implements AutoCloseable {

    private final Path root;
    private final FileChannel lockFile;

    DataFolder(InstallationSettings settings) {
        this.root = settings.data().toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            this.lockFile = FileChannel.open(
                    root.resolve("coral.lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new StartFault(
                    "the data folder " + root + " cannot be written; give this user the right to write it, or name another folder with CORAL_DATA",
                    e);
        }
        acquireLock();
    }

    private void acquireLock() {
        try {
            FileLock lock = lockFile.tryLock();
            if (lock == null) {
                ByteBuffer owner = ByteBuffer.allocate(20);
                lockFile.read(owner, 0);
                lockFile.close();
                throw new StartFault("the data folder " + root + " is in use by another Coral Social (process "
                        + new String(owner.array(), 0, owner.position(), StandardCharsets.US_ASCII).strip()
                        + "); stop that one first, or give this one a folder of its own with CORAL_DATA");
            }
            lockFile.truncate(0);
            lockFile.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException e) {
            throw new StartFault("the data folder " + root + " does not allow locking (" + e.getMessage()
                    + "); choose a folder on a local disk with CORAL_DATA", e);
        }
    }

    /** A file or folder inside the data folder; it need not exist. */
    public Path resolve(String name) {
        return root.resolve(name);
    }

    /** The content of a file that only this user may read, made with {@code initial} if it is not there yet. */
    String secret(String name, String initial) {
        Path file = root.resolve(name);
        try {
            if (Files.notExists(file)) {
                Path fresh = Files.createTempFile(
                        root, name, ".new", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(fresh, initial);
                Files.move(fresh, file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StartFault("the file " + file + " cannot be read or written; check its owner and rights", e);
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
