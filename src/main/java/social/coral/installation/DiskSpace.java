package social.coral.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * The free space on the data folder's disk. Large writes are refused before they touch the reserve, so that signing in, editing
 * and the database's write-ahead log keep working until an operator has made room.
 */
@Component
@EnableConfigurationProperties(DiskSettings.class)
public final class DiskSpace {

    private static final Logger log = LoggerFactory.getLogger(DiskSpace.class);

    private final Path folder;
    private final DiskSettings settings;
    private volatile Level reported = Level.OK;

    public enum Level {
        OK,
        /** Enough for now, but the operator should make room. */
        LOW,
        /** Only the reserve is left. */
        EXHAUSTED
    }

    DiskSpace(DataFolder data, DiskSettings settings) {
        this.folder = data.resolve("");
        this.settings = settings;
    }

    public boolean isExhausted() {
        return level() == Level.EXHAUSTED;
    }

    /** Returns the present level, and logs each change of it. */
    public Level level() {
        try {
            Level level = settings.levelOf(folder);
            if (level != reported) {
                reported = level;
                report(level, Files.getFileStore(folder).getUsableSpace() >> 20);
            }
            return level;
        } catch (IOException e) {
            // The write itself will fail with the reason.
            return Level.OK;
        }
    }

    private void report(Level level, long megabytes) {
        switch (level) {
            case EXHAUSTED -> log.error("Only {} MB are free on the disk of {}. Imports, exports and runs wait until there is more space", megabytes, folder);
            case LOW -> log.warn("{} MB are free on the disk of {}. Make room before imports, exports and runs have to wait", megabytes, folder);
            case OK -> log.info("The disk of {} has enough free space again: {} MB", folder, megabytes);
        }
    }
}
