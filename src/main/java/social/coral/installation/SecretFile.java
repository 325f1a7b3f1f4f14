package social.coral.installation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** A file that only this user may read. Its methods throw {@link StartFault} on errors. */
record SecretFile(Path path) {

    String readOrCreate(Supplier<String> initial) {
        if (Files.notExists(path)) {
            replace(initial.get());
        }
        return read();
    }

    String read() {
        try {
            return Files.readString(path).strip();
        } catch (IOException e) {
            throw fault(e);
        }
    }

    /** Replaces the content atomically, and syncs it to disk before anything is sealed with it. */
    void replace(String content) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("a secret file needs a folder");
        }
        try {
            Path fresh = Files.createTempFile(folder, path.getFileName().toString(), ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        } catch (IOException e) {
            throw fault(e);
        }
    }

    private StartFault fault(IOException e) {
        return new StartFault("The file " + path + " cannot be read or written (" + FaultReasons.of(e) + "). "
                + FaultReasons.remedy(e, "Check its owner and permissions") + ".", e);
    }
}
