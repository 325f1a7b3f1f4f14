package social.coral.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import social.coral.installation.DatabaseKeeper.Pulse;

/**
 * Starts the embedded server again when it has ended or hangs, with growing pauses between the attempts. It is patient while
 * the disk has no room, and otherwise ends the process after a number of attempts, so that whoever watches it starts both anew.
 */
final class ServerRestart {

    private static final Logger log = LoggerFactory.getLogger(ServerRestart.class);

    private static final int MOST_ATTEMPTS = 20;
    private static final int ATTEMPTS_WITHOUT_ROOM = 3;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
    /** PostgreSQL's log of changes grows by so much at once, and it needs a few of them to start. */
    private static final long ROOM_TO_START = 64L << 20;

    private final Path data;
    private int failures;
    private long nextAttempt = System.nanoTime();

    ServerRestart(Path data) {
        this.data = data;
    }

    void tend(PostgresServer server, int port, Pulse pulse) {
        try {
            Optional<Postmaster> postmaster = Postmaster.of(data);
            if (postmaster.isEmpty()) {
                startAgain(server, port, "has ended");
            } else if (pulse == Pulse.SILENT) {
                startAgain(server, port, "does not answer");
            } else {
                endStopped(server, port, postmaster.get());
            }
        } catch (IOException e) {
            log.error("The embedded PostgreSQL in {} cannot be looked at", data, e);
        }
    }

    /** What stands still may hold a lock that everybody waits for. PostgreSQL itself replaces every process but its main one. */
    private void endStopped(PostgresServer server, int port, Postmaster postmaster) {
        Set<ProcessHandle> stopped = server.stopped(postmaster);
        if (stopped.contains(postmaster.process())) {
            startAgain(server, port, "was stopped");
            return;
        }
        for (ProcessHandle process : stopped) {
            log.error("Process {} of the embedded PostgreSQL was stopped; it is ended", process.pid());
            process.destroyForcibly();
        }
    }

    private void startAgain(PostgresServer server, int port, String fault) {
        if (System.nanoTime() - nextAttempt < 0) {
            return;
        }
        log.error("The embedded PostgreSQL in {} {}; it is started again", data, fault);
        try {
            server.startAgain(port);
            failures = 0;
            log.warn("The embedded PostgreSQL runs again");
        } catch (IOException | StartFault e) {
            failed(e);
        }
    }

    private void failed(Exception e) {
        String reason = e instanceof IOException io ? FaultReasons.of(io) : String.valueOf(e.getMessage());
        failures = hasRoom() ? failures + 1 : ATTEMPTS_WITHOUT_ROOM;
        nextAttempt = System.nanoTime() + pause().toNanos();
        log.error("The embedded PostgreSQL did not start ({})", reason);
        if (failures == MOST_ATTEMPTS) {
            System.err.println("Coral Social ends: the embedded PostgreSQL in " + data + " has ended and does not start again (" + reason + ").");
            // The end stops the server, for which it needs the lock that is held here.
            Thread.ofPlatform().start(() -> System.exit(1));
        }
    }

    private Duration pause() {
        Duration pause = Duration.ofMillis(250L << Math.min(failures, 5));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private boolean hasRoom() {
        try {
            return Files.getFileStore(data).getUsableSpace() > ROOM_TO_START;
        } catch (IOException e) {
            return false;
        }
    }
}
