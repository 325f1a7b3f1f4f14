package social.coral.edge;

import java.util.List;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;

/** Tomcat's HTTP connector, which shows its open connections and when one is opened. Public because Tomcat creates it by its name. */
public final class WatchedProtocol extends Http11NioProtocol {

    public WatchedProtocol() {
        super(new Endpoint());
    }

    /** Runs on the accepting thread after each new connection, before the next is accepted. */
    void onOpened(Runnable opened) {
        ((Endpoint) getEndpoint()).opened = opened;
    }

    List<AcceptedConnection> open() {
        return ((Endpoint) getEndpoint()).getConnections().stream().map(AcceptedConnection::new).toList();
    }

    private static final class Endpoint extends NioEndpoint {

        private volatile Runnable opened = () -> {};

        @Override
        protected void countUpOrAwaitConnection() throws InterruptedException {
            opened.run();
            super.countUpOrAwaitConnection();
        }
    }
}
