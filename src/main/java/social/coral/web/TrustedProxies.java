package social.coral.web;

import java.util.stream.Collectors;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Believes the proxies that the operator names about who sent a request and whether it came by TLS, and nobody else: what
 * counts attempts, limits strangers and tells the audit from where must not be anybody's to choose. The host that a request
 * names is never believed; {@code PublicAddress} says where we are.
 */
@Component
final class TrustedProxies implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    private final WebSettings settings;

    TrustedProxies(WebSettings settings) {
        this.settings = settings;
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        if (!settings.trustedProxies().isEmpty()) {
            RemoteIpValve valve = new RemoteIpValve();
            valve.setInternalProxies(settings.trustedProxies().stream().map(TrustedProxies::asNetwork).collect(Collectors.joining(",")));
            valve.setProtocolHeader("X-Forwarded-Proto");
            factory.addEngineValves(valve);
        }
    }

    /** A list without any mask would be read as a regular expression. */
    private static String asNetwork(String entry) {
        return entry.indexOf('/') >= 0 ? entry : entry + (entry.indexOf(':') >= 0 ? "/128" : "/32");
    }
}
