package social.coral.edge;

import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.stereotype.Component;

/**
 * Sizes the socket's write buffer for a page or a list of fifty posts. Tomcat's own 8 KB would send those in pieces, each of which wakes the
 * client.
 */
@Component
final class ResponseBuffer implements TomcatConnectorCustomizer {

    private static final int BYTES = 32 << 10;

    @Override
    public void customize(Connector connector) {
        connector.setProperty("socket.appWriteBufSize", Integer.toString(BYTES));
    }
}
