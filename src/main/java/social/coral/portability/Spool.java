package social.coral.portability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import social.coral.api.Failure;
import social.coral.installation.DataFolder;

/**
 * Room on the disk for what imports and exports cannot hold in memory: bounded for all of them together, and never the last of
 * the disk.
 */
@Component
public final class Spool {

    private static final long RESERVE = DataSize.ofMegabytes(512).toBytes();

    private final Path folder;
    private final long most;
    private final AtomicLong held = new AtomicLong();

    @Autowired
    Spool(DataFolder data, PortabilitySettings settings) {
        this(data.temporary(), settings.spoolLimit());
    }

    Spool(Path folder, DataSize most) {
        this.folder = folder;
        this.most = most.toBytes();
    }

    /** A new, empty file, which may become so long. */
    public SpoolFile open(DataSize longest) {
        try {
            return new SpoolFile(this, folder, longest.toBytes());
        } catch (IOException e) {
            throw noRoom();
        }
    }

    void claim(long bytes) {
        if (held.addAndGet(bytes) > most || folder.toFile().getUsableSpace() < RESERVE + bytes) {
            held.addAndGet(-bytes);
            throw noRoom();
        }
    }

    void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }

    static Failure noRoom() {
        return Failure.of(HttpStatus.INSUFFICIENT_STORAGE, "no_room", "The server has no room on its disk for this right now; try again later, or tell its operator");
    }
}
