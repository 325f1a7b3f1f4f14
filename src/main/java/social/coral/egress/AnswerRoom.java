package social.coral.egress;

import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all answers on their way may take together. When it is used up, one answer goes on to its end beyond it and the
 * others wait, so that none waits for ever on another that waits as well.
 */
final class AnswerRoom {

    private long free;
    private @Nullable Share favoured;

    AnswerRoom(long bytes) {
        this.free = bytes;
    }

    /** What one answer takes, from its first byte until whoever asked has read it. */
    final class Share implements AutoCloseable {
        private long taken;

        void take(int bytes) throws InterruptedIOException {
            AnswerRoom.this.take(this, bytes);
        }

        @Override
        public void close() {
            giveBack(this);
        }
    }

    Share share() {
        return new Share();
    }

    private synchronized void take(Share share, int bytes) throws InterruptedIOException {
        while (free < bytes && favoured != share) {
            if (favoured == null) {
                favoured = share;
            } else {
                await();
            }
        }
        free -= bytes;
        share.taken += bytes;
    }

    private void await() throws InterruptedIOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("no room for the answer in time");
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
