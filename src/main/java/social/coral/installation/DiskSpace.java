package social.coral.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * The room that is left on the data folder's disk. The last of it is a reserve: what writes much is refused before it is touched,
 * so that signing in, editing and the database's own log of changes go on until an operator has made room.
 */
@Component
@EnableConfigurationProperties(DiskSettings.class)
public final class DiskSpace {

    private static final Logger log = LoggerFactory.getLogger(DiskSpace.class);

    private final Path folder;
    private final DiskSettings settings;
    private volatile Level told = Level.PLENTY;

    /** How much room there is. */
    public enum Level {
        PLENTY,
        /** Enough for now; the operator should make room. */
        LITTLE,
        /** The reserve is reached. */
        SHORT
    }

    DiskSpace(DataFolder data, DiskSettings settings) {
        this.folder = data.resolve("");
        this.settings = settings;
    }

    public boolean isShort() {
        return level() == Level.SHORT;
    }

    /** Looks, and tells the log when it has become less or more. */
    public Level level() {
        try {
            Level level = settings.levelOf(folder);
            if (level != told) {
                told = level;
                tell(level, Files.getFileStore(folder).getUsableSpace() >> 20);
            }
            return level;
        } catch (IOException e) {
            // Whoever writes will hear what is wrong with it.
            return Level.PLENTY;
        }
    }

    private void tell(Level level, long megabytes) {
        switch (level) {
            case SHORT -> log.error("Only {} MB are free where {} is: imports, exports and runs are put off until there is room", megabytes, folder);
            case LITTLE -> log.warn("{} MB are free where {} is; make room before imports, exports and runs have to wait for it", megabytes, folder);
            case PLENTY -> log.info("There is room again where {} is: {} MB", folder, megabytes);
        }
    }
}
