package social.coral.egress;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port of a web address.
 *
 * @param secure whether the scheme is https; otherwise it is http
 */
public record Origin(boolean secure, String host, int port) {

    /** @throws IllegalArgumentException if the address is not http or https with a host */
    static Origin of(URI uri) {
        Endpoint endpoint = Endpoint.of(uri);
        if (endpoint == null) {
            throw new IllegalArgumentException("not a plain http or https address with a host name");
        }
        return new Origin("https".equals(uri.getScheme().toLowerCase(Locale.ROOT)), endpoint.host(), endpoint.port());
    }

    Endpoint endpoint() {
        return new Endpoint(host, port);
    }

    String scheme() {
        return secure ? "https" : "http";
    }
}
