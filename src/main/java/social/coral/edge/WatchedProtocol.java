package social.coral.edge;

import java.util.List;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;

/** Tomcat's HTTP, which tells what connections are open and when one is opened. Public because Tomcat makes it by its name. */
public final class WatchedProtocol extends Http11NioProtocol {

    public WatchedProtocol() {
        super(new Endpoint());
    }

    /** Runs after each new connection, on the thread that accepts them, before that waits for the next. */
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
