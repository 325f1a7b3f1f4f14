package social.coral.egress;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/** Checks for the doctor that a service is reachable: opens a connection, sends nothing, and closes it again. */
public final class ConnectionProbe {

    private ConnectionProbe() {}

    /**
     * @param address of a service, as the operator wrote it
     * @throws IOException if no connection can be opened
     */
    public static void ring(URI address, Duration patience) throws IOException {
        Endpoint endpoint = Endpoint.of(address);
        if (endpoint == null) {
            throw new IOException("it is not an http or https address");
        }
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), Math.toIntExact(patience.toMillis()));
        }
    }
}
