package social.coral.installation;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import social.coral.installation.DiskSpace.Level;

/**
 * The disk space settings.
 *
 * @param reserve the space on the data folder's disk that is kept for small writes and for the database itself
 */
@ConfigurationProperties("coral.disk")
record DiskSettings(@DefaultValue("200MB") DataSize reserve) {

    /** On a small disk the reserve is at most a tenth of it. */
    private static final int MIN_DISK_PER_RESERVE = 10;
    private static final int WARN_BELOW_RESERVES = 10;

    DiskSettings {
        if (reserve.isNegative()) {
            throw new StartFault("CORAL_DISK_RESERVE must be a size, like 200MB.");
        }
    }

    Level levelOf(Path folder) throws IOException {
        FileStore disk = Files.getFileStore(folder);
        long free = disk.getUsableSpace();
        long kept = Math.min(reserve.toBytes(), disk.getTotalSpace() / MIN_DISK_PER_RESERVE);
        if (free < kept) {
            return Level.EXHAUSTED;
        }
        return free < Math.min(kept * WARN_BELOW_RESERVES, disk.getTotalSpace() / 2) ? Level.LOW : Level.OK;
    }
}
