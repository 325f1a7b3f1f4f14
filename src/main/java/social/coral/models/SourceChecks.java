package social.coral.models;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.springframework.stereotype.Component;
import social.coral.egress.Egress;
import social.coral.egress.EgressFault;
import social.coral.egress.EgressResponse;
import social.coral.egress.Purpose;

/** Looks whether a page is at an address that an answer names. It keeps nothing of the page, and goes only where the gate lets calls go. */
@Component
public class SourceChecks {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 64 << 10;
    private static final int MAX_REDIRECTS = 3;

    private final Egress egress;

    SourceChecks(Egress egress) {
        this.egress = egress;
    }

    /** Asks for the head of the page, and for the page where the server does not answer that. */
    public boolean isThere(String url) {
        return isThere(url, "HEAD") || isThere(url, "GET");
    }

    private boolean isThere(String url, String method) {
        try {
            URI address = URI.create(url);
            for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
                if (!("http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme())) || address.getHost() == null) {
                    return false;
                }
                HttpRequest request = HttpRequest.newBuilder(address).method(method, BodyPublishers.noBody()).header("Accept", "*/*").build();
                EgressResponse response = egress.send(Purpose.named("source", TIMEOUT, MAX_BYTES, address), request);
                if (response.status() < 300 || response.status() >= 400) {
                    return response.status() < 300;
                }
                address = address.resolve(response.header("Location").orElse(""));
            }
            return false;
        } catch (EgressFault fault) {
            // More than is read has come: there is a page.
            return fault.kind() == EgressFault.Kind.TOO_LARGE;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
