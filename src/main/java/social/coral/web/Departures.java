package social.coral.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import social.coral.api.Requester;

/** Lets the work for a request find out whether whoever sent it has hung up. */
@Component
final class Departures implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addEngineValves(new Watching());
    }

    private static final class Watching extends ValveBase {

        private Watching() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            org.apache.coyote.Request connection = request.getCoyoteRequest();
            try {
                Requester.whoIsGoneWhen(() -> isClosed(connection)).call(() -> {
                    getNext().invoke(request, response);
                    return true;
                });
            } catch (IOException | ServletException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new ServletException(e);
            }
        }

        /**
         * Tomcat looks without waiting for what has come after the request, and reports a failure as one byte. A byte of the
         * next request it would keep and not look again, so only what it reports twice is an end.
         */
        private static boolean isClosed(org.apache.coyote.Request connection) {
            return connection.isFinished() && readsAhead(connection) == 1 && readsAhead(connection) == 1;
        }

        private static int readsAhead(org.apache.coyote.Request connection) {
            connection.action(ActionCode.AVAILABLE, true);
            return connection.getAvailable();
        }
    }
}
