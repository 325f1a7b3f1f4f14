package social.coral.api;

/** The connection that a request came over, as far as the server can see it. */
public interface ClientConnection {

    /**
     * Whether the client has closed it after it sent all of its body, so that nobody waits for an answer. Before that, reading the
     * body tells it. Only the thread that reads the body may ask.
     */
    boolean isGone();

    /** Ends it without an end of the answer, so that nobody takes for whole what has come of that. */
    void cut();
}
