package social.coral.web;

import java.nio.channels.SocketChannel;
import java.util.Set;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Tomcat's HTTP, which tells what connections are open and when one is opened. Public because Tomcat makes it by its name. */
public final class WatchedProtocol extends Http11NioProtocol {

    public WatchedProtocol() {
        super(new Endpoint());
    }

    /** Runs after each new connection, on the thread that accepts them. */
    void onOpened(Runnable opened) {
        ((Endpoint) getEndpoint()).opened = opened;
    }

    Set<SocketWrapperBase<NioChannel>> open() {
        return getEndpoint().getConnections();
    }

    private static final class Endpoint extends NioEndpoint {

        private volatile Runnable opened = () -> {};

        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            boolean taken = super.setSocketOptions(socket);
            opened.run();
            return taken;
        }
    }
}
