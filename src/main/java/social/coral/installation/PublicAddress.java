package social.coral.installation;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The address at which people reach this installation: APP_URL, or localhost and the port. */
@Component
public final class PublicAddress {

    private final @Nullable String appUrl;
    private final Environment environment;

    PublicAddress(InstallationSettings settings, Environment environment) {
        this.appUrl = settings.appUrl();
        this.environment = environment;
    }

    /** Returns scheme, host and port, without a trailing slash. The port is known once the server listens. */
    public String origin() {
        return appUrl != null ? appUrl : "http://localhost:" + environment.getProperty("local.server.port", "8080");
    }

    /** Returns a note on the port in use, where APP_URL does not show it; empty otherwise. */
    String portNote() {
        return appUrl == null ? "" : " (listening on port " + environment.getProperty("local.server.port", "8080") + ")";
    }

    /** Reports whether people use HTTPS, so that cookies may require it. */
    public boolean isSecure() {
        return origin().startsWith("https:");
    }

    /** Returns an APP_URL in the form of {@link #origin}. */
    static @Nullable String normalized(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String origin = originOf(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        if (origin == null || !origin.startsWith("http:") && !origin.startsWith("https:")) {
            throw new StartFault("APP_URL must be the address of this installation without a path, its host of letters, digits, hyphens and dots"
                    + " and its port, if any, from 1 to " + ServingPort.MAX + ", like https://coral.example.org.");
        }
        return origin;
    }

    /** Returns scheme, host and port as browsers send them: in lower case, without the default port. Null when the text is not an origin. */
    public static @Nullable String originOf(String text) {
        try {
            URI uri = URI.create(text.toLowerCase(Locale.ROOT));
            String authority = uri.getRawAuthority();
            boolean plain = uri.getHost() != null && uri.getRawUserInfo() == null && !authority.endsWith(":")
                    && text.equalsIgnoreCase(uri.getScheme() + "://" + authority);
            if (!plain || uri.getPort() == 0 || uri.getPort() > ServingPort.MAX) {
                return null;
            }
            int usual = uri.getScheme().equals("https") ? 443 : uri.getScheme().equals("http") ? 80 : -1;
            return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
