package social.coral.web;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import social.coral.api.ClientConnection;

/**
 * Lets long work see whether its client is still there, which a servlet learns only when it writes, and lets an answer that broke
 * off be cut, to which Tomcat would add its page of errors and a proper end.
 */
record TomcatConnection(Request request, Response response) implements ClientConnection {

    // So many bytes Tomcat says are there when reading failed. A further request on the connection is longer than one byte.
    private static final int READ_FAILED = 1;

    /** Reads what is there without waiting; the end of the stream, or its reset, is a read that fails. */
    @Override
    public boolean isGone() {
        AtomicBoolean bodyRead = new AtomicBoolean();
        request.action(ActionCode.REQUEST_BODY_FULLY_READ, bodyRead);
        if (!bodyRead.get()) {
            return false;
        }
        request.action(ActionCode.AVAILABLE, true);
        return request.getAvailable() == READ_FAILED;
    }

    @Override
    public void cut() {
        response.action(ActionCode.CLOSE_NOW, null);
    }
}
