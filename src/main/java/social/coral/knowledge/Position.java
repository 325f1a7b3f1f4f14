package social.coral.knowledge;

import java.util.Optional;
import java.util.UUID;

/** How far an index follows a tenant's changes: all up to this one are in it, after a crash too. 0 at first. */
interface Position {

    long get();

    void moveTo(long change);

    /** Which build ({@link Changes#build}) the index is; empty when it is none yet. */
    Optional<UUID> build();

    /** Notes that the index, from which everything was removed, begins as another build. */
    void begin(UUID build);
}
