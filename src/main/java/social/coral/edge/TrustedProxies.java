package social.coral.edge;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.util.NetMask;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Believes the proxies that the operator names about who sent a request, to which host and whether by TLS, and nobody else:
 * what counts attempts, limits strangers, tells the audit from where and stands in an answer must not be anybody's to choose.
 */
@Component
final class TrustedProxies implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    private final EdgeSettings settings;

    TrustedProxies(EdgeSettings settings) {
        this.settings = settings;
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        if (!settings.trustedProxies().isEmpty()) {
            RemoteIpValve valve = new RemoteIpValve();
            valve.setInternalProxies(settings.trustedProxies().stream().map(TrustedProxies::asNetwork).collect(Collectors.joining(",")));
            valve.setProtocolHeader("X-Forwarded-Proto");
            valve.setHostHeader("X-Forwarded-Host");
            factory.addEngineValves(valve);
        }
        factory.addEngineValves(new Forgetting());
    }

    /** Whether an address is one of theirs. */
    boolean are(InetAddress address) {
        return settings.trustedProxies().stream().anyMatch(network -> new NetMask(network).matches(address));
    }

    /** A list without any mask would be read as a regular expression. */
    private static String asNetwork(String entry) {
        return entry.indexOf('/') >= 0 ? entry : entry + (entry.indexOf(':') >= 0 ? "/128" : "/32");
    }

    /** Takes the headers away that were believed before or are not to be: libraries look for them by themselves. */
    private static final class Forgetting extends ValveBase {

        private Forgetting() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            List<String> names = Collections.list(request.getCoyoteRequest().getMimeHeaders().names());
            names.stream().filter(Forgetting::tellsOfAProxy).forEach(request.getCoyoteRequest().getMimeHeaders()::removeHeader);
            getNext().invoke(request, response);
        }

        private static boolean tellsOfAProxy(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            return lower.equals("forwarded") || lower.startsWith("x-forwarded-");
        }
    }
}
