package social.coral.portability;

import jakarta.servlet.http.HttpServletResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import social.coral.api.Failure;
import social.coral.identity.SessionCheck;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantShares;

/**
 * Streams exports. The database is read into a file at its own pace, and the client downloads the file while it grows, so that a
 * slow client holds no connection and no snapshot. The download ends with its session.
 */
@Component
class ExportStreams {

    private static final int MAX_AT_ONCE = 4;
    // Includes finished ones whose client is slow.
    private static final int MAX_FILES = 32;
    private static final int SECONDS_OF_AN_EXPORT = 30;

    private static final DataSize MAX_SIZE = DataSize.ofGigabytes(8);

    private final Exports exports;
    private final Spool spool;
    private final Clock clock;
    private final SessionCheck sessions;
    private final Set<Tenant> underWay = ConcurrentHashMap.newKeySet();
    private final TenantShares places = new TenantShares(1, MAX_AT_ONCE);
    private final Semaphore files = new Semaphore(MAX_FILES);

    ExportStreams(Exports exports, Spool spool, Clock clock, SessionCheck sessions) {
        this.exports = exports;
        this.spool = spool;
        this.clock = clock;
        this.sessions = sessions;
    }

    void send(HttpServletResponse response) throws IOException {
        Tenant tenant = Tenant.current();
        if (!underWay.add(tenant)) {
            throw Failure.conflict("export_under_way", "Your previous export is still being sent. Try again when it has finished.");
        }
        if (!files.tryAcquire()) {
            underWay.remove(tenant);
            throw tooMany();
        }
        try (GrowingFile file = new GrowingFile(spool.open(MAX_SIZE))) {
            Sending sending = new Sending(file, response, sessions.ofCurrentSession());
            try {
                fill(file);
            } catch (RuntimeException | IOException e) {
                file.abandon();
                if (!sending.broke()) {
                    throw untold(response, e);
                }
            }
            sending.broke();
            if (sending.refusal != null) {
                throw untold(response, sending.refusal);
            }
        } finally {
            files.release();
            underWay.remove(tenant);
        }
    }

    private static Failure tooMany() {
        return Failure.of(HttpStatus.SERVICE_UNAVAILABLE, "too_many_exports", "Too many exports are running right now. Try again in a moment.")
                .with("retry_after", SECONDS_OF_AN_EXPORT);
    }

    /** Cuts off a response that has begun, so that it does not look complete; otherwise answers with the failure. */
    private static IOException untold(HttpServletResponse response, Exception fault) throws IOException {
        if (response.isCommitted()) {
            return new IOException("the export broke off", fault);
        }
        response.resetBuffer();
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, null);
        switch (fault) {
            case RuntimeException unchecked -> throw unchecked;
            case IOException broken -> throw broken;
            default -> throw new IllegalStateException(fault);
        }
    }

    private void fill(GrowingFile file) throws IOException {
        try (TenantShares.Place place = placeInTurn()) {
            OutputStream out = file.writer();
            exports.write(out);
            out.close();
        }
    }

    private TenantShares.Place placeInTurn() {
        try {
            return places.take(Tenant.current());
        } catch (TransientDataAccessResourceException late) {
            throw tooMany();
        }
    }

    /** The client's side of an export. It ends when the client disconnects or reads nothing until the server's timeout. */
    private final class Sending {

        private final GrowingFile file;
        private final HttpServletResponse response;
        private final Runnable demandSession;
        private final Thread thread;
        private volatile boolean broken;
        private volatile @Nullable RuntimeException refusal;

        private Sending(GrowingFile file, HttpServletResponse response, Runnable demandSession) {
            this.file = file;
            this.response = response;
            this.demandSession = demandSession;
            this.thread = Thread.ofVirtual().name("export").start(this::run);
        }

        private void run() {
            try {
                file.copyTo(this::begin);
            } catch (IOException | InterruptedException e) {
                broken = true;
                file.abandon();
            } catch (RuntimeException e) {
                refusal = e;
                broken = true;
                file.abandon();
            }
        }

        private OutputStream begin() throws IOException {
            response.setContentType("application/zip");
            response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
                    "attachment; filename=\"coral-export-" + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) + ".zip\"");
            return new FilterOutputStream(response.getOutputStream()) {

                @Override
                public void write(byte[] bytes, int offset, int count) throws IOException {
                    demandSession.run();
                    out.write(bytes, offset, count);
                }
            };
        }

        /** Waits for the end, and reports whether the client did not read all of it. */
        private boolean broke() {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                file.abandon();
                return true;
            }
            return broken;
        }
    }
}
