package social.coral.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import social.coral.installation.PublicAddress;

/**
 * Tells pages of this site from those of others by the browser's headers. Behind a proxy that ends TLS the scheme is not known here, so
 * the host decides.
 */
@Component
final class SameOrigin {

    private final PublicAddress address;

    SameOrigin(PublicAddress address) {
        this.address = address;
    }

    /** Whether the request names a page of this site as the one that sent it. */
    boolean isNamedBy(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && (origin.equals(address.origin()) || isRequestedHost(authority(origin), request));
    }

    /** The path and query of the page of this site that sent the request; null when another did or the browser does not say. */
    @Nullable String pageBefore(HttpServletRequest request) {
        String referer = request.getHeader(HttpHeaders.REFERER);
        try {
            URI page = URI.create(referer == null ? "" : referer);
            String origin = page.getScheme() + "://" + page.getRawAuthority();
            return origin.equals(address.origin()) || isRequestedHost(String.valueOf(page.getRawAuthority()), request) ? local(page) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether the request is for this host, by its Host header or by a trusted proxy. */
    private static boolean isRequestedHost(String authority, HttpServletRequest request) {
        int port = request.getServerPort();
        boolean usual = port == (request.isSecure() ? 443 : 80);
        return authority.equalsIgnoreCase(request.getHeader(HttpHeaders.HOST))
                || authority.equalsIgnoreCase(usual ? request.getServerName() : request.getServerName() + ":" + port);
    }

    /** The path and query of an address on any host. */
    static String local(URI address) {
        return address.getRawQuery() == null ? address.getRawPath() : address.getRawPath() + "?" + address.getRawQuery();
    }

    private static String authority(String origin) {
        try {
            String authority = URI.create(origin).getAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
