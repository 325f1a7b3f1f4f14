package social.coral.edge;

import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.stereotype.Component;

/**
 * Gathers an answer before it is sent, up to a size that holds a page or a list of fifty posts. Tomcat's own eight kilobytes
 * send those in pieces, and each wakes the client.
 */
@Component
final class ResponseBuffer implements TomcatConnectorCustomizer {

    private static final int BYTES = 32 << 10;

    @Override
    public void customize(Connector connector) {
        connector.setProperty("socket.appWriteBufSize", Integer.toString(BYTES));
    }
}
