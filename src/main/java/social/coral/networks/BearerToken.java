package social.coral.networks;

import social.coral.services.ServiceFault;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** The app-only key of a network. Never printed. */
record BearerToken(String value) {

    static BearerToken of(String text) {
        String value = text.strip();
        if (!value.matches("[\\x21-\\x7e]{1,1000}")) {
            throw new ServiceFault.KeyRefused(ServiceName.TWITTER_BEARER,
                    "This is not a bearer token: it must be one line of letters, digits and signs without spaces. Copy it again.");
        }
        return new BearerToken(value);
    }

    /** The network that it opens. */
    Network network() {
        return value.startsWith(ApiKeys.SANDBOX_PREFIX) ? Network.SANDBOX : Network.X;
    }

    @Override
    public String toString() {
        return "BearerToken[hidden]";
    }
}
