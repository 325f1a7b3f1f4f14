package social.coral.installation;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The address under which people reach this installation: the operator's APP_URL, or this machine and the port that is served. */
@Component
public final class PublicAddress {

    private final @Nullable String appUrl;
    private final Environment environment;

    PublicAddress(InstallationSettings settings, Environment environment) {
        this.appUrl = settings.appUrl();
        this.environment = environment;
    }

    /** Scheme, host and port, without a slash at the end. Known once the port is served. */
    public String origin() {
        return appUrl != null ? appUrl : "http://localhost:" + environment.getProperty("local.server.port", "8080");
    }

    /** The port that is served, where the address of an APP_URL does not tell it; empty otherwise. */
    String listening() {
        return appUrl == null ? "" : " (listening on port " + environment.getProperty("local.server.port", "8080") + ")";
    }

    /** Whether people come by HTTPS, so that a cookie may insist on it. */
    public boolean isSecure() {
        return origin().startsWith("https:");
    }

    /** An APP_URL in the form that {@link #origin} gives. */
    static @Nullable String checked(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String origin = originOf(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        if (origin == null || !origin.startsWith("http:") && !origin.startsWith("https:")) {
            throw new StartFault("APP_URL must be the address of this installation without a path, its host of letters, digits, hyphens and dots"
                    + " and its port, if any, from 1 to " + ServingPort.HIGHEST + ", like https://coral.example.org");
        }
        return origin;
    }

    /** Scheme, host and port as browsers say them: in lower case, and without the port that is usual for the scheme. Null when the text is no such thing. */
    public static @Nullable String originOf(String text) {
        try {
            URI uri = URI.create(text.toLowerCase(Locale.ROOT));
            String authority = uri.getRawAuthority();
            boolean plain = uri.getHost() != null && uri.getRawUserInfo() == null && !authority.endsWith(":")
                    && text.equalsIgnoreCase(uri.getScheme() + "://" + authority);
            if (!plain || uri.getPort() == 0 || uri.getPort() > ServingPort.HIGHEST) {
                return null;
            }
            int usual = uri.getScheme().equals("https") ? 443 : uri.getScheme().equals("http") ? 80 : -1;
            return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
