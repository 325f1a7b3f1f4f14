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
        String sentence = "APP_URL must be the address of this installation without a path, like https://coral.example.org";
        try {
            URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return uri.toString().toLowerCase(Locale.ROOT);
            }
        } catch (IllegalArgumentException e) {
            throw new StartFault(sentence, e);
        }
        throw new StartFault(sentence);
    }
}
