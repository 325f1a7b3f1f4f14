package social.coral.edge;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import social.coral.installation.PublicAddress;

/**
 * Sets the headers that every response carries, including refusals by later filters. They are set before anything else happens, so no route
 * can lack them; the few responses that may be cached say so themselves.
 */
final class ResponseHeaders implements Filter {

    // Everything from this site alone, no inline script or style; the design system's small icons are data: images.
    private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'none'; frame-src 'none'; object-src 'none'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    // Of what a browser can do for a page, ours only write to the clipboard.
    private static final String NO_DEVICES = "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), display-capture=(), "
            + "encrypted-media=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), "
            + "publickey-credentials-get=(self), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

    private static final Map<String, String> ALWAYS = Map.ofEntries(
            Map.entry("Content-Security-Policy", CONTENT_POLICY),
            Map.entry("Permissions-Policy", NO_DEVICES),
            Map.entry("Referrer-Policy", "same-origin"),
            Map.entry("X-Content-Type-Options", "nosniff"),
            Map.entry("X-Frame-Options", "DENY"),
            Map.entry("X-Permitted-Cross-Domain-Policies", "none"),
            // An old browser's filter could be turned against a page.
            Map.entry("X-XSS-Protection", "0"),
            Map.entry("Cross-Origin-Opener-Policy", "same-origin"),
            Map.entry("Cross-Origin-Resource-Policy", "same-origin"),
            Map.entry("Origin-Agent-Cluster", "?1"),
            Map.entry(HttpHeaders.CACHE_CONTROL, "no-store"));

    private static final String A_YEAR_BY_HTTPS = "max-age=31536000";

    private final PublicAddress address;
    private final String byHttps;

    ResponseHeaders(PublicAddress address, EdgeSettings settings) {
        this.address = address;
        // Other services on the host's subdomains may not be reachable by TLS, which only the operator knows.
        this.byHttps = settings.hstsSubdomains() ? A_YEAR_BY_HTTPS + "; includeSubDomains" : A_YEAR_BY_HTTPS;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException, ServletException {
        set((HttpServletResponse) response, request.isSecure());
        chain.doFilter(request, response);
    }

    void set(HttpServletResponse response, boolean secure) {
        ALWAYS.forEach(response::setHeader);
        // Behind a proxy that ends TLS the operator's APP_URL says how people come.
        if (secure || address.isSecure()) {
            response.setHeader("Strict-Transport-Security", byHttps);
        }
    }
}
