package social.coral.edge;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.catalina.util.NetMask;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import social.coral.installation.PublicAddress;
import social.coral.installation.StartFault;

/**
 * The settings of the edge.
 *
 * @param corsOrigins the other sites whose scripts may call the API with a token, such as https://app.example.org
 * @param trustedProxies the addresses and networks of proxies that are believed about the client, the host and TLS, such as 10.0.0.0/8
 * @param hstsSubdomains whether HSTS covers the subdomains of the host too
 */
@ConfigurationProperties("coral.edge")
record EdgeSettings(
        @DefaultValue("") List<String> corsOrigins, @DefaultValue("") List<String> trustedProxies, @DefaultValue("false") boolean hstsSubdomains) {

    private static final Pattern NETWORK = Pattern.compile("(\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*)(/\\d{1,3})?");

    EdgeSettings {
        corsOrigins = entries(corsOrigins).stream().map(EdgeSettings::origin).toList();
        trustedProxies = entries(trustedProxies);
        for (String network : trustedProxies) {
            if (!isNetwork(network)) {
                throw new StartFault("CORAL_TRUSTED_PROXIES holds \"" + network
                        + "\", and each must be an address or a network, such as 10.0.0.5 or 10.0.0.0/8.");
            }
        }
    }

    private static List<String> entries(List<String> given) {
        return given.stream().map(String::strip).filter(entry -> !entry.isEmpty()).toList();
    }

    /** The pattern first, because what is no number would be looked up as a name. */
    private static boolean isNetwork(String text) {
        try {
            return NETWORK.matcher(text).matches() && new NetMask(text).matches(InetAddress.getByName(text.replaceAll("/.*", "")));
        } catch (IllegalArgumentException | UnknownHostException e) {
            return false;
        }
    }

    private static String origin(String text) {
        String origin = PublicAddress.originOf(text);
        if (origin == null) {
            throw new StartFault("CORS_ORIGINS holds \"" + text + "\", and each must be a scheme and a host of letters, digits, hyphens and dots,"
                    + " optionally with a port from 1 to 65535, and without a path, such as https://app.example.org.");
        }
        return origin;
    }
}
