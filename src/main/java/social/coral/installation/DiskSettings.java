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
 * @param reserve the room on the data folder's disk that is left to small writes and to the database itself
 */
@ConfigurationProperties("coral.disk")
record DiskSettings(@DefaultValue("200MB") DataSize reserve) {

    /** A small disk keeps no larger part than this in reserve. */
    private static final int SMALLEST_PART = 10;
    private static final int WARN_BELOW_RESERVES = 10;

    DiskSettings {
        if (reserve.isNegative()) {
            throw new StartFault("CORAL_DISK_RESERVE must be a size, like 200MB");
        }
    }

    Level levelOf(Path folder) throws IOException {
        FileStore disk = Files.getFileStore(folder);
        long free = disk.getUsableSpace();
        long kept = Math.min(reserve.toBytes(), disk.getTotalSpace() / SMALLEST_PART);
        if (free < kept) {
            return Level.SHORT;
        }
        return free < Math.min(kept * WARN_BELOW_RESERVES, disk.getTotalSpace() / 2) ? Level.LITTLE : Level.PLENTY;
    }
}
