package social.coral.egress;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A host as it is written, in lower case and without brackets or a final dot, and a port. */
record Endpoint(String host, int port) {

    /** The end point of an http or https address; null when the address has none that can be understood. */
    static @Nullable Endpoint of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        int usual = switch (scheme) {
            case "https" -> 443;
            case "http" -> 80;
            default -> -1;
        };
        if (uri.getHost() == null || usual < 0 || uri.getPort() > 65_535) {
            return null;
        }
        return new Endpoint(plain(uri.getHost()), uri.getPort() < 0 ? usual : uri.getPort());
    }

    static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[") && lower.endsWith("]")) {
            return lower.substring(1, lower.length() - 1);
        }
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
