package social.coral.edge;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.stream.Collectors;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.util.NetMask;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;
import org.springframework.stereotype.Component;

/**
 * Believes the proxies that the operator names, and nobody else, about the client's address, the host and TLS: no client may choose what
 * sign-in attempts, rate limits, the audit and links go by.
 */
@Component
final class TrustedProxies {

    private final EdgeSettings settings;

    TrustedProxies(EdgeSettings settings) {
        this.settings = settings;
    }

    /** In their order; the second takes away what the first has read. */
    Valve[] valves() {
        if (settings.trustedProxies().isEmpty()) {
            return new Valve[] {new ForwardedHeadersRemoval()};
        }
        RemoteIpValve valve = new RemoteIpValve();
        valve.setInternalProxies(settings.trustedProxies().stream().map(TrustedProxies::asNetwork).collect(Collectors.joining(",")));
        valve.setProtocolHeader("X-Forwarded-Proto");
        valve.setHostHeader("X-Forwarded-Host");
        return new Valve[] {valve, new ForwardedHeadersRemoval()};
    }

    /** Whether an address is one of theirs. */
    boolean are(InetAddress address) {
        return settings.trustedProxies().stream().anyMatch(network -> new NetMask(network).matches(address));
    }

    /** A list without any mask would be read as a regular expression. */
    private static String asNetwork(String entry) {
        return entry.indexOf('/') >= 0 ? entry : entry + (entry.indexOf(':') >= 0 ? "/128" : "/32");
    }

    /** Removes the headers that were believed before or are not to be: libraries look for them by themselves. */
    private static final class ForwardedHeadersRemoval extends ValveBase {

        private ForwardedHeadersRemoval() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            MimeHeaders headers = request.getCoyoteRequest().getMimeHeaders();
            for (int i = headers.size() - 1; i >= 0; i--) {
                MessageBytes name = headers.getName(i);
                if (name.startsWithIgnoreCase("x-forwarded-", 0) || name.equalsIgnoreCase("forwarded")) {
                    headers.removeHeader(i);
                }
            }
            getNext().invoke(request, response);
        }
    }
}
