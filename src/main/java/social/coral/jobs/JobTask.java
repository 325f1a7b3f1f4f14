package social.coral.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Handles due jobs of one name. A Spring component of this type needs no other registration. */
public interface JobTask {

    /** The name in the database; it never changes. */
    String name();

    Lane lane();

    /** Whether running a job too early does no harm, so that it can be checked again after the clock was set back. */
    default boolean mayComeEarly() {
        return false;
    }

    /**
     * Does the job, or as much of it as its turn allows. It is called again after a crash, so it must continue after what was
     * committed. An exception postpones the job for a while.
     *
     * @return when to continue, or empty when the job is done
     */
    Optional<Instant> work(Job job, Turn turn);

    /**
     * Gives up on a job that was running twice when the process died, or that failed many times in a row: informs the person it
     * concerns and does nothing else. The operator's log already has it.
     *
     * @return when to try again all the same, or empty if the job is over
     */
    default Optional<Instant> setAside(Job job, Instant now) {
        return Optional.of(now.plus(Duration.ofHours(1)));
    }
}
