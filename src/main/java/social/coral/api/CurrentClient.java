package social.coral.api;

import org.apache.catalina.connector.ClientAbortException;

/**
 * The client that waits for the response to the current request. Long work checks between its steps whether the client is still
 * connected, so that it does not continue for nobody.
 */
public final class CurrentClient {

    private static final ScopedValue<ClientConnection> CONNECTION = ScopedValue.newInstance();

    private CurrentClient() {}

    /** Binds the connection of a request to the work that the carrier runs. */
    public static ScopedValue.Carrier with(ClientConnection connection) {
        return ScopedValue.where(CONNECTION, connection);
    }

    /** Returns the connection of the current request, or one that counts as open when it is unknown. */
    public static ClientConnection connection() {
        return CONNECTION.orElse(UnknownConnection.INSTANCE);
    }

    /** Reports whether the connection was closed or lost. Always false outside a request. */
    public static boolean isDisconnected() {
        return connection().isClosed();
    }

    /** Throws the exception of a failed write, which is not logged, when the client has disconnected. */
    public static void requireConnected() throws ClientAbortException {
        if (isDisconnected()) {
            throw new ClientAbortException("the client has disconnected");
        }
    }
}
