package social.coral.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a room does when a job of this name is due. A Spring component of this type is all that there is to register. */
public interface JobTask {

    /** As it stands in the database; never changes. */
    String name();

    Lane lane();

    /** Whether a job that is given too early does no harm, so that it can be looked at anew when the clock was put back. */
    default boolean mayComeEarly() {
        return false;
    }

    /**
     * Does the job, or as much of it as its turn allows. Called again after a crash, so it goes on behind what was committed. What
     * it throws puts the job off for a while.
     *
     * @return when to go on, or nothing when the job is done
     */
    Optional<Instant> work(Job job, Turn turn);

    /**
     * Sets aside a job that was in hand twice when the process ended, or could not be done in many attempts in a row, with a word
     * to whom it concerns, and does nothing else of it. The operator is told already.
     *
     * @return when to try again all the same, or nothing when the job is over
     */
    default Optional<Instant> setAside(Job job, Instant now) {
        return Optional.of(now.plus(Duration.ofHours(1)));
    }
}
