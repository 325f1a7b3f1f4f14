package social.coral.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import social.coral.installation.PublicAddress;

/**
 * Tells pages of this site from those of others, by what the browser says of them. Behind a proxy that ends TLS the scheme
 * is not known here, so the host decides.
 */
@Component
final class OwnOrigin {

    private final PublicAddress address;

    OwnOrigin(PublicAddress address) {
        this.address = address;
    }

    /** Whether the request names a page of this site as the one that sent it. */
    boolean isNamedBy(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && (origin.equals(address.origin()) || authority(origin).equalsIgnoreCase(request.getHeader(HttpHeaders.HOST)));
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
