package social.coral.api;

import java.time.Duration;

/** A connection that the server gives no access to. */
enum UnknownConnection implements ClientConnection {
    INSTANCE;

    @Override
    public Wait waitAtMost(Duration time) {
        return () -> {};
    }

    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public boolean hasArrived() {
        return false;
    }

    @Override
    public void abort() {
        // There is nothing to close.
    }
}
