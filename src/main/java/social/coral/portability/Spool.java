package social.coral.portability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import social.coral.api.Failure;
import social.coral.installation.DataFolder;
import social.coral.installation.DiskSpace;

/**
 * Disk space for what imports and exports cannot hold in memory, with a common limit and a reserve on the disk.
 */
@Component
public final class Spool {

    private final Path folder;
    private final long most;
    private final BooleanSupplier diskIsShort;
    private final AtomicLong held = new AtomicLong();

    @Autowired
    Spool(DataFolder data, DiskSpace disk, PortabilitySettings settings) {
        this(data.temporary(), settings.spoolLimit(), disk::isExhausted);
    }

    Spool(Path folder, DataSize most, BooleanSupplier diskIsShort) {
        this.folder = folder;
        this.most = most.toBytes();
        this.diskIsShort = diskIsShort;
    }

    /** Creates an empty file of at most this length. */
    public SpoolFile open(DataSize longest) {
        try {
            return new SpoolFile(this, folder, longest.toBytes());
        } catch (IOException e) {
            throw Failure.diskFull();
        }
    }

    void claim(long bytes) {
        if (held.addAndGet(bytes) > most || diskIsShort.getAsBoolean()) {
            held.addAndGet(-bytes);
            throw Failure.diskFull();
        }
    }

    void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }
}
