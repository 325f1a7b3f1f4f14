package social.coral.networks;

import java.net.URI;
import java.time.Instant;
import social.coral.services.ServiceFault;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** The app-only key of a network. Never printed. */
record BearerToken(String value) implements XCredentials {

    static BearerToken of(String text) {
        String value = text.strip();
        if (!value.matches("[\\x21-\\x7e]{1,1000}")) {
            throw new ServiceFault.KeyRefused(ServiceName.TWITTER_BEARER,
                    "This is not a bearer token: it must be one line of letters, digits and signs without spaces. Copy it again.");
        }
        return new BearerToken(value);
    }

    /** The network that it opens. */
    @Override
    public Network network() {
        return value.startsWith(ApiKeys.SANDBOX_PREFIX) ? Network.SANDBOX : Network.X;
    }

    @Override
    public ServiceName key() {
        return ServiceName.TWITTER_BEARER;
    }

    @Override
    public String authorization(String method, URI address, Instant now) {
        return "Bearer " + value;
    }

    @Override
    public String redacted(String text) {
        return text.replace(value, "…");
    }

    @Override
    public String toString() {
        return "BearerToken[hidden]";
    }
}
