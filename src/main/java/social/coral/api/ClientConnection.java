package social.coral.api;

import jakarta.servlet.http.HttpServletRequest;

/** The connection that a request came over, as far as the server can see it. */
public interface ClientConnection {

    /** The attribute of a request that the server keeps it in. */
    String ATTRIBUTE = ClientConnection.class.getName();

    /**
     * Whether the client has closed it after it sent all of its body, so that nobody waits for an answer. Before that, reading the
     * body tells it. Only the thread that reads the body may ask.
     */
    boolean isGone();

    /** Ends it without an end of the answer, so that nobody takes for whole what has come of that. */
    void cut();

    /** That of this request; one of which nothing is known is taken to be there. */
    static ClientConnection of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof ClientConnection known ? known : UnseenConnection.INSTANCE;
    }
}
