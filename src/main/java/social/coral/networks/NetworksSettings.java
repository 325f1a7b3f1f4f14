package social.coral.networks;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import social.coral.installation.StartFault;

/**
 * Where the networks are.
 *
 * @param xApiUrl the base address of X API v2 or of a server that speaks it, from X_API_URL
 */
@ConfigurationProperties("coral.networks")
record NetworksSettings(@DefaultValue("https://api.x.com") String xApiUrl) {

    NetworksSettings {
        if (!xApiUrl.strip().matches("(?i)https?://[^/?#@\\s]+(/[^?#\\s]*)?")) {
            throw new StartFault("X_API_URL is not an http or https address. Write it like X_API_URL=https://api.x.com.");
        }
    }

    URI base() {
        return URI.create(xApiUrl.strip().replaceAll("/+$", ""));
    }
}
