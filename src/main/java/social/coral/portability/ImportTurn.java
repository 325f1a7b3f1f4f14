package social.coral.portability;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import social.coral.api.ClientConnection;
import social.coral.api.Failure;
import social.coral.tenancy.TenantDoor;

/**
 * One import's share of the common resources. It releases its slot while it waits for its upload, and ends with a {@link Failure}
 * when its client has disconnected, its session has ended, its time is over or it has read too many rows.
 */
public final class ImportTurn {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** A small import has done its work by then. */
    private static final long BEGINNING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int MAX_REST = 1 << 16;
    /** A statement keeps the slot, and others need it. */
    private static final Duration MAX_STATEMENT = Duration.ofSeconds(5);

    private final HttpServletRequest request;
    private final ClientConnection client;
    private final ImportBounds bounds;
    private final ImportSlots slots;
    private final Spool spool;
    private final BooleanSupplier closing;
    private final Runnable demandSession;
    private final UploadPace pace;
    private final ReadAhead ahead;
    private final long begun = System.nanoTime();
    private volatile boolean askedToLeave;
    private volatile boolean stoppable;
    private volatile boolean stopped;
    private @Nullable IOException unreadable;
    private long resumed = System.nanoTime();
    private long worked;
    private long looked;
    private volatile long rows;
    private volatile long allRows;
    private volatile long read;

    ImportTurn(
            HttpServletRequest request,
            ClientConnection client,
            ImportBounds bounds,
            ImportSlots slots,
            Spool spool,
            BooleanSupplier closing,
            Runnable demandSession) {
        this.request = request;
        this.client = client;
        this.bounds = bounds;
        this.slots = slots;
        this.spool = spool;
        this.closing = closing;
        this.demandSession = demandSession;
        this.pace = new UploadPace(bounds);
        this.ahead = new ReadAhead(spool);
    }

    UploadPace pace() {
        return pace;
    }

    /** Returns by how much it has overstayed its time in a crowd; negative while it may keep its place. */
    long beyondItsTime() {
        return System.nanoTime() - begun - bounds.timeInCrowd().toNanos();
    }

    boolean isAskedToLeave() {
        return askedToLeave;
    }

    /** Makes the import end at its next check. */
    void askToLeave() {
        askedToLeave = true;
    }

    /** Lets the person stop it. */
    public void mayBeStopped() {
        stoppable = true;
    }

    /** Makes the import end at its next check, at the wish of its person. */
    void stop() {
        stopped = stoppable;
    }

    <T extends Object> T work(ImportTurns.Work<T> work) throws IOException {
        acquireSlot();
        try (ahead) {
            return TenantDoor.limitingStatements(MAX_STATEMENT).call(() -> work.in(this));
        } finally {
            releaseSlot();
        }
    }

    /** Returns the request, whose body is read at the client's pace without blocking other imports. */
    public HttpServletRequest request() {
        return new PacedRequest(request, this);
    }

    /** Returns the spool for content that cannot be processed yet. */
    public Spool spool() {
        return spool;
    }

    /** Reads the rest of a form after its last part, so that a disconnected client is noticed from now on. */
    public void uploadRead() throws IOException {
        InputStream rest = request().getInputStream();
        rest.skip(MAX_REST);
    }

    /** Notes that a file names so many rows that are to come. */
    public void announced(long more) {
        allRows = (allRows == 0 ? rows : allRows) + more;
    }

    /** Returns how far it is, as seen by other threads. */
    ImportProgress progress() {
        long counted = rows;
        return new ImportProgress(read, request.getContentLengthLong(), counted, allRows < counted ? 0 : allRows);
    }

    /** Counts a row; to be called for each one. */
    public void row() {
        long counted = rows + 1;
        rows = counted;
        if (counted > bounds.rows()) {
            throw Failure.of(HttpStatus.CONTENT_TOO_LARGE, "too_many_rows",
                    "This file has more than the " + bounds.rows() + " rows that one import may read. Send it in parts.");
        }
        look();
    }

    /** Checks whether the import has to end, and lets others work in between; to be called often. */
    public void look() {
        long now = System.nanoTime();
        if (now - looked > LOOK_NANOS) {
            looked = now;
            receive();
            endIfItMust();
        }
        if (now - resumed > SLICE_NANOS && slots.hasWaiters()) {
            releaseSlot();
            acquireSlot();
        }
    }

    /** Takes in what has arrived of the upload, because a client that leaves is noticed only behind it. */
    private void receive() {
        if (unreadable != null) {
            return;
        }
        try {
            InputStream body = request.getInputStream();
            if (hasArrived(body)) {
                int taken = waitingFor(() -> ahead.take(body, () -> hasArrived(body)));
                if (taken == 0) {
                    pace.isAhead();
                } else {
                    pace.brought(taken);
                }
            }
        } catch (IOException e) {
            // Read up to there, it is a fault of the file's end.
            unreadable = e;
        }
    }

    private boolean hasArrived(InputStream body) throws IOException {
        return body.available() > 0 || client.hasArrived();
    }

    private void endIfItMust() {
        if (client.isClosed()) {
            throw ImportFault.clientGone();
        }
        if (stopped) {
            throw ImportFault.stopped();
        }
        demandSession.run();
        if (closing.getAsBoolean()) {
            throw Failure.of(HttpStatus.SERVICE_UNAVAILABLE, "stopping", "The server was stopped.");
        }
        if (askedToLeave) {
            throw Failure.of(HttpStatus.SERVICE_UNAVAILABLE, "import_gave_way",
                    "Others are waiting to import, and this import had already run for " + bounds.timeInCrowd().toMinutes() + " minutes.");
        }
        if (worked + System.nanoTime() - resumed > bounds.work().toNanos()) {
            throw Failure.of(HttpStatus.UNPROCESSABLE_CONTENT, "import_too_long",
                    "This import took longer than the " + bounds.work().toMinutes() + " minutes allowed.");
        }
    }

    int read(InputStream in, byte[] buffer, int offset, int length) throws IOException {
        int count = ahead.read(buffer, offset, length);
        if (count == 0) {
            if (unreadable != null) {
                throw unreadable;
            }
            count = waitingFor(() -> in.read(buffer, offset, length));
            pace.brought(count);
        }
        long before = read;
        read = before + Math.max(0, count);
        look();
        return count;
    }

    private interface Reading {
        int read() throws IOException;
    }

    private int waitingFor(Reading reading) throws IOException {
        releaseSlot();
        long began = System.nanoTime();
        try (ClientConnection.Wait wait = client.waitAtMost(ImportBounds.PACE_WINDOW)) {
            return reading.read();
        } catch (IOException e) {
            throw lost(e);
        } finally {
            pace.waited(System.nanoTime() - began);
            acquireSlot();
        }
    }

    /** Reports a fault of the connection as such, before a reader of the file takes it for a fault of the file. */
    private static Failure lost(IOException e) throws IOException {
        return switch (e.getCause()) {
            case SocketTimeoutException silence -> Failure.of(HttpStatus.REQUEST_TIMEOUT, "upload_too_slow", "The rest of this upload did not arrive.");
            // The server reports a malformed body without a cause.
            case null -> throw e;
            default -> ImportFault.clientGone();
        };
    }

    private void acquireSlot() {
        slots.acquire(worked < BEGINNING_NANOS);
        resumed = System.nanoTime();
    }

    private void releaseSlot() {
        worked += System.nanoTime() - resumed;
        slots.release();
    }
}
