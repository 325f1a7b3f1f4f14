package social.coral.api;

import java.time.Duration;

/** A connection of which the server tells nothing. */
enum UnseenConnection implements ClientConnection {
    INSTANCE;

    @Override
    public Wait waitAtMost(Duration time) {
        return () -> {};
    }

    @Override
    public boolean isGone() {
        return false;
    }

    @Override
    public void cut() {
        // There is nothing to end.
    }
}
