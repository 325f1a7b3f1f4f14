package social.coral.api;

import java.time.Duration;

/** The client's connection of a request. */
public interface ClientConnection {

    /** A time limit on waiting for the client, which ends when this is closed. */
    interface Wait extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Closes the connection unless the returned wait is closed in time. A read timeout is not enough: the chunk framing of a body can
     * arrive byte by byte for hours, without any of the body itself.
     */
    Wait waitAtMost(Duration time);

    /**
     * Reports whether the client has closed the connection after sending its body. Before that, reading the body fails. Only the thread
     * that reads the body may call this.
     */
    boolean isClosed();

    /** Reports whether more of the body has arrived and can be read without waiting. Only the thread that reads the body may call this. */
    boolean hasArrived();

    /** Closes the connection without completing the response, so that the client notices that it is incomplete. */
    void abort();
}
