package social.coral.api;

import java.time.Duration;

/** The connection that a request came over, as far as the server can see it. */
public interface ClientConnection {

    /** A wait for the client; closing it says that it is over. */
    interface Wait extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Ends the connection when the wait is not over in time. A reader cannot see to that by itself: what frames a body in pieces can
     * come for hours, byte by byte, without any of the body.
     */
    Wait waitAtMost(Duration time);

    /**
     * Whether the client has closed it after it sent all of its body, so that nobody waits for an answer. Before that, reading the
     * body tells it. Only the thread that reads the body may ask.
     */
    boolean isGone();

    /** Ends it without an end of the answer, so that nobody takes for whole what has come of that. */
    void cut();
}
