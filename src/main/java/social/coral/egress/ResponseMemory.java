package social.coral.egress;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all responses in flight may take together. When it is used up, one response continues beyond it and the
 * others wait, so that there is no deadlock. Their waiting does not count against the service's timeout.
 */
final class ResponseMemory {

    /** No memory became free within the longest wait. */
    static final class NoRoom extends IOException {
        NoRoom() {
            super("no room for the answer");
        }
    }

    private final Duration patience;
    private long free;
    private @Nullable Share favoured;

    ResponseMemory(long bytes, Duration patience) {
        this.free = bytes;
        this.patience = patience;
    }

    /** The memory of one response, from its first byte until the caller has parsed it. */
    final class Share implements AutoCloseable {
        private final CallTime time;
        private long taken;

        private Share(CallTime time) {
            this.time = time;
        }

        void take(int bytes) throws IOException {
            ResponseMemory.this.take(this, bytes);
        }

        @Override
        public void close() {
            giveBack(this);
        }
    }

    /** @param time is stopped while the response waits */
    Share share(CallTime time) {
        return new Share(time);
    }

    private synchronized void take(Share share, int bytes) throws IOException {
        if (!mayTake(share, bytes)) {
            share.time.stop();
            try {
                awaitRoom(share, bytes);
            } finally {
                share.time.goOn();
            }
        }
        free -= bytes;
        share.taken += bytes;
    }

    private boolean mayTake(Share share, int bytes) {
        if (free < bytes && favoured == null) {
            favoured = share;
        }
        return free >= bytes || favoured == share;
    }

    private void awaitRoom(Share share, int bytes) throws IOException {
        try {
            while (!mayTake(share, bytes)) {
                long left = patience.minus(share.time.stood()).toMillis();
                if (left <= 0) {
                    throw new NoRoom();
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for room");
        }
    }

    private synchronized void giveBack(Share share) {
        free += share.taken;
        share.taken = 0;
        if (favoured == share) {
            favoured = null;
        }
        notifyAll();
    }
}
