package social.coral.web;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import social.coral.installation.StartFault;

/**
 * The settings of the web.
 *
 * @param corsOrigins the other sites whose scripts may call the API with a token, such as https://app.example.org
 */
@ConfigurationProperties("coral.web")
record WebSettings(@DefaultValue("") List<String> corsOrigins) {

    WebSettings {
        corsOrigins = corsOrigins.stream().map(String::strip).filter(origin -> !origin.isEmpty()).toList();
        for (String origin : corsOrigins) {
            if (!isOrigin(origin)) {
                throw new StartFault("CORS_ORIGINS holds \"" + origin
                        + "\", and each must be a scheme and a host without a path, such as https://app.example.org");
            }
        }
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && text.equals(uri.getScheme() + "://" + uri.getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
