package social.coral.networks;

import java.net.URI;
import java.time.Instant;
import social.coral.vault.ServiceName;

/** What requests to a network are authorized with. Never printed. */
sealed interface XCredentials permits BearerToken, OAuthKeys {

    Network network();

    /** The stored key that they are made of, or the first of several. */
    ServiceName key();

    /** Returns the {@code Authorization} header for one request; a second request needs another. */
    String authorization(String method, URI address, Instant now);

    /** Returns the text without any of the keys that it repeats. */
    String redacted(String text);
}
