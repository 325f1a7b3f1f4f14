package social.coral.web.frame;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import social.coral.installation.PublicAddress;

/**
 * Detects a browser that uses plain HTTP where {@code APP_URL} has HTTPS: it would not keep the session's cookie, and signing in
 * would lead back to the sign-in page without an explanation.
 */
@Component
public final class InsecureVisit {

    private final PublicAddress address;

    InsecureVisit(PublicAddress address) {
        this.address = address;
    }

    /**
     * The address to open instead, or null where nothing is wrong. Behind a proxy that ends TLS and is not named we see plain
     * HTTP as well, but browsers send {@code Sec-Fetch-Site} only where they keep such a cookie.
     */
    public @Nullable String betterAddress(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        boolean plain = address.isSecure() && !request.isSecure()
                && request.getHeader("Sec-Fetch-Site") == null
                && (origin == null || origin.startsWith("http:"));
        return plain ? address.origin() : null;
    }
}
