package social.coral.egress;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A host as written, in lower case, without brackets or a trailing dot, and a port. */
record Endpoint(String host, int port) {

    /** Returns the endpoint of an http or https address; null if it has none that can be parsed. */
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

    /** As it is written in an address, with the brackets of IPv6. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
