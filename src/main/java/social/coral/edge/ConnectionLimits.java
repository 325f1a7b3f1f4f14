package social.coral.edge;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
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
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import social.coral.api.CurrentClient;

/** Bounds the connections, of each network and of all, and tells which of them a request is being answered on. */
@Component
final class ConnectionLimits implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, TomcatConnectorCustomizer, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ConnectionLimits.class);
    private static final String RAW = ConnectionLimits.class.getName() + ".raw";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration SHORTEST_BETWEEN_LOOKS = Duration.ofMillis(20);

    private final OpenConnections connections;
    private volatile @Nullable Thread watch;

    ConnectionLimits(TrustedProxies proxies) {
        this.connections = new OpenConnections(proxies);
    }

    /** Ends the connection with the answer. Tomcat would read what is left of a body, however slowly it comes. */
    static void leave(HttpServletRequest request) {
        if (request.getAttribute(RAW) instanceof org.apache.coyote.Request raw) {
            raw.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    /** Whether some of the body is here and can be read without waiting. */
    static boolean hasMore(HttpServletRequest request) {
        if (request.getAttribute(RAW) instanceof org.apache.coyote.Request raw) {
            raw.action(ActionCode.AVAILABLE, true);
            return raw.getAvailable() > 0;
        }
        return false;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(WatchedProtocol.class.getName());
        factory.addEngineValves(new Way());
    }

    @Override
    public void customize(Connector connector) {
        WatchedProtocol protocol = (WatchedProtocol) connector.getProtocolHandler();
        protocol.setMaxConnections(OpenConnections.MOST);
        // What a connection has for buffers is not taken from the heap.
        connector.setProperty("socket.directBuffer", "true");
        // The length of a head bounds the languages in it; beyond ten Tomcat would fail where a page first asks for them.
        connector.setMaxLocaleCount(-1);
        // A body that is refused is not asked for.
        connector.setProperty("continueResponseTiming", "onRead");
        Thread started = Thread.ofPlatform().daemon().name("connections").start(() -> watch(protocol));
        watch = started;
        protocol.onOpened(() -> {
            if (protocol.getConnectionCount() > OpenConnections.MOST_OF_A_NETWORK) {
                LockSupport.unpark(started);
            }
        });
    }

    private void watch(WatchedProtocol protocol) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look(protocol);
                // Many that are opened at once are looked at together.
                Thread.sleep(SHORTEST_BETWEEN_LOOKS);
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
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

    private final class Way extends ValveBase {

        private Way() {
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
