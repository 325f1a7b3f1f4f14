package social.coral.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import social.coral.installation.DatabaseSupervisor.ProbeResult;

/**
 * Restarts the embedded server when it has ended or hangs, with growing pauses between the attempts. It keeps trying while the
 * disk is full, and otherwise ends the process after a number of attempts, so that a process supervisor can restart both.
 */
final class ServerRestart {

    private static final Logger log = LoggerFactory.getLogger(ServerRestart.class);

    private static final int MAX_ATTEMPTS = 20;
    private static final int ATTEMPTS_WITHOUT_ROOM = 3;
    private static final Duration MAX_PAUSE = Duration.ofSeconds(4);
    /** PostgreSQL needs space for a few WAL segments of 16 MB to start. */
    private static final long MIN_FREE_SPACE = 64L << 20;

    private final Path data;
    private int failures;
    private long nextAttempt = System.nanoTime();

    ServerRestart(Path data) {
        this.data = data;
    }

    void onProbe(PostgresServer server, int port, ProbeResult result) {
        try {
            Optional<Postmaster> postmaster = Postmaster.of(data);
            if (postmaster.isEmpty()) {
                restart(server, port, "has ended");
            } else if (result == ProbeResult.TIMED_OUT) {
                restart(server, port, "does not answer");
            } else {
                killSuspended(server, port, postmaster.get());
            }
        } catch (IOException e) {
            log.error("The embedded PostgreSQL in {} cannot be checked", data, e);
        }
    }

    /** A suspended process may hold a lock that others wait for. PostgreSQL itself replaces every process but the postmaster. */
    private void killSuspended(PostgresServer server, int port, Postmaster postmaster) {
        Set<ProcessHandle> suspended = server.suspended(postmaster);
        if (suspended.contains(postmaster.process())) {
            restart(server, port, "was suspended");
            return;
        }
        for (ProcessHandle process : suspended) {
            log.error("Process {} of the embedded PostgreSQL was suspended and is being killed", process.pid());
            process.destroyForcibly();
        }
    }

    private void restart(PostgresServer server, int port, String fault) {
        if (System.nanoTime() - nextAttempt < 0) {
            return;
        }
        log.error("The embedded PostgreSQL in {} {} and is being restarted", data, fault);
        try {
            server.restart(port);
            failures = 0;
            log.warn("The embedded PostgreSQL is running again");
        } catch (IOException | StartFault e) {
            failed(e);
        }
    }

    private void failed(Exception e) {
        String reason = e instanceof IOException io ? FaultReasons.of(io) : String.valueOf(e.getMessage());
        failures = hasRoom() ? failures + 1 : ATTEMPTS_WITHOUT_ROOM;
        nextAttempt = System.nanoTime() + pause().toNanos();
        log.error("The embedded PostgreSQL did not start ({})", reason);
        if (failures == MAX_ATTEMPTS) {
            System.err.println("Coral Social is stopping: The embedded PostgreSQL in " + data + " has ended and cannot be restarted (" + reason + ").");
            // On another thread: exiting stops the server, which needs the lock that this thread holds.
            Thread.ofPlatform().start(() -> System.exit(1));
        }
    }

    private Duration pause() {
        Duration pause = Duration.ofMillis(250L << Math.min(failures, 5));
        return pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE;
    }

    private boolean hasRoom() {
        try {
            return Files.getFileStore(data).getUsableSpace() > MIN_FREE_SPACE;
        } catch (IOException e) {
            return false;
        }
    }
}
