package social.coral.api;

import java.time.Duration;

/** The connection of a client that has disconnected. */
public record LeftClient() implements ClientConnection {

    @Override
    public Wait waitAtMost(Duration time) {
        return () -> {};
    }

    @Override
    public boolean isClosed() {
        return true;
    }

    @Override
    public boolean hasArrived() {
        return false;
    }

    @Override
    public void abort() {
        throw new IllegalStateException("nobody is there");
    }
}
