package social.coral.edge;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.stereotype.Component;
import social.coral.api.CurrentClient;

/** Bounds the number of connections, per network and in total, and gives each request access to its own connection. */
@Component
final class ConnectionLimits implements TomcatConnectorCustomizer, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ConnectionLimits.class);
    private static final String RAW = ConnectionLimits.class.getName() + ".raw";
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration MIN_INTERVAL = Duration.ofMillis(20);

    private final OpenConnections connections;
    private volatile @Nullable Thread watch;

    ConnectionLimits(TrustedProxies proxies) {
        this.connections = new OpenConnections(proxies);
    }

    /** Closes the connection after the response. Tomcat would read the rest of the body, however slowly it arrives. */
    static void closeAfterResponse(HttpServletRequest request) {
        if (request.getAttribute(RAW) instanceof org.apache.coyote.Request raw) {
            raw.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    Valve valve() {
        return new RequestValve();
    }

    @Override
    public void customize(Connector connector) {
        WatchedProtocol protocol = (WatchedProtocol) connector.getProtocolHandler();
        protocol.setMaxConnections(OpenConnections.MAX);
        // The buffers of connections are not taken from the heap.
        connector.setProperty("socket.directBuffer", "true");
        // The size of the header bounds the languages in it; beyond ten Tomcat would fail when a page first asks for them.
        connector.setMaxLocaleCount(-1);
        // The client is not asked to send a body that is refused.
        connector.setProperty("continueResponseTiming", "onRead");
        Thread started = Thread.ofPlatform().daemon().name("connections").start(() -> watch(protocol));
        watch = started;
        protocol.onOpened(() -> {
            if (protocol.getConnectionCount() > OpenConnections.MAX_PER_NETWORK) {
                LockSupport.unpark(started);
            }
        });
    }

    private void watch(WatchedProtocol protocol) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look(protocol);
                // Many connections that are opened at once are checked together.
                Thread.sleep(MIN_INTERVAL);
                LockSupport.parkNanos(INTERVAL.toNanos());
            }
        } catch (InterruptedException e) {
            // The server ends.
        }
    }

    private void look(WatchedProtocol protocol) {
        try {
            connections.look(protocol.open());
        } catch (RuntimeException e) {
            log.warn("The open connections could not be looked at", e);
        }
    }

    @Override
    public void destroy() {
        Thread running = watch;
        if (running != null) {
            running.interrupt();
        }
    }

    private final class RequestValve extends ValveBase {

        private RequestValve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            String id = request.getServletConnection().getConnectionId();
            request.setAttribute(RAW, request.getCoyoteRequest());
            connections.begins(id);
            try {
                CurrentClient.with(new TomcatConnection(request.getCoyoteRequest(), response.getCoyoteResponse(), connections, id)).call(() -> {
                    getNext().invoke(request, response);
                    return true;
                });
            } catch (IOException | ServletException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new ServletException(e);
            } finally {
                connections.ends(id);
            }
        }
    }
}
