package social.coral.api;

import org.apache.catalina.connector.ClientAbortException;

/**
 * Whoever waits for the answer to the running request. Work that takes long asks between its pieces whether anybody still
 * does, so that what was asked for by somebody who hung up costs nobody's time.
 */
public final class Requester {

    private static final ScopedValue<ClientConnection> CONNECTION = ScopedValue.newInstance();

    private Requester() {}

    /** Binds the connection of a request to what runs inside. */
    public static ScopedValue.Carrier on(ClientConnection connection) {
        return ScopedValue.where(CONNECTION, connection);
    }

    /** That of the request that is being answered; one of which nothing is known is taken to be there. */
    public static ClientConnection connection() {
        return CONNECTION.orElse(UnseenConnection.INSTANCE);
    }

    /** Whether the connection was closed or broke. Always false where no request is being answered. */
    public static boolean isGone() {
        return connection().isGone();
    }

    /** Ends the work for somebody who is gone, in the way in which a failed write to them does, which nothing tells or logs. */
    public static void mustBeThere() throws ClientAbortException {
        if (isGone()) {
            throw new ClientAbortException("whoever asked has hung up");
        }
    }
}
