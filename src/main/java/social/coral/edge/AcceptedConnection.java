package social.coral.edge;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** A connection that a client opened to this server. */
record AcceptedConnection(SocketWrapperBase<NioChannel> socket) implements OpenConnections.Connection {

    @Override
    public String id() {
        return socket.getServletConnection("http/1.1", "").getConnectionId();
    }

    @Override
    public @Nullable String address() {
        return socket.getRemoteAddr();
    }

    /** Shuts the socket down, so that Tomcat finds its end and cleans up. Closing it while Tomcat uses it would not be safe. */
    @Override
    public void end() {
        try {
            SocketChannel channel = socket.getSocket().getIOChannel();
            if (channel != null) {
                channel.shutdownInput();
                channel.shutdownOutput();
            }
        } catch (IOException e) {
            // It is closed already.
        }
    }
}
