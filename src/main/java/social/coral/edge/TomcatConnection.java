package social.coral.edge;

import java.time.Duration;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import social.coral.api.ClientConnection;

/**
 * Lets long work see whether its client is still there, which a servlet learns only when it writes, and cuts off a response that broke,
 * which Tomcat would complete with an error page and a proper end.
 */
record TomcatConnection(Request request, Response response, OpenConnections connections, String id) implements ClientConnection {

    // Tomcat reports one byte as available when reading failed.
    private static final int READ_FAILED = 1;

    /**
     * Tomcat looks without waiting for what has come after the request, and reports a failure as one byte. A byte of the next
     * request it would keep and not look again, so only what it reports twice is an end.
     */
    @Override
    public boolean isClosed() {
        return request.isFinished() && readsAhead() == READ_FAILED && readsAhead() == READ_FAILED;
    }

    private int readsAhead() {
        request.action(ActionCode.AVAILABLE, true);
        return request.getAvailable();
    }

    @Override
    public boolean hasArrived() {
        return !request.isFinished() && readsAhead() > 0;
    }

    @Override
    public Wait waitAtMost(Duration time) {
        connections.mustComeWithin(id, time);
        return () -> connections.hasCome(id);
    }

    @Override
    public void abort() {
        response.action(ActionCode.CLOSE_NOW, null);
    }
}
