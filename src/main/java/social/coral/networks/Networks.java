package social.coral.networks;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import social.coral.egress.Egress;
import social.coral.sandbox.Sandbox;
import social.coral.services.Backoff;
import social.coral.services.Caller;
import social.coral.vault.Secret;
import social.coral.vault.ServiceName;

/** Gives the network that a bearer token belongs to: those that the sandbox issued lead to the sandbox, all others to X. */
public final class Networks {

    private final Egress egress;
    private final NetworksSettings settings;
    private final Sandbox sandbox;
    private final Clock clock;
    private final Backoff backoff;

    Networks(Egress egress, NetworksSettings settings, Sandbox sandbox, Clock clock, Backoff backoff) {
        this.egress = egress;
        this.settings = settings;
        this.sandbox = sandbox;
        this.clock = clock;
        this.backoff = backoff;
    }

    public SocialNetwork with(String bearer, Caller caller) {
        BearerToken token = BearerToken.of(bearer);
        XFaults faults = new XFaults(token);
        return new XApiClient(token.network(), calls(token, caller, faults), faults);
    }

    /**
     * Gives the network as the account sees it that these keys act as: the four that sign together lead to X, and a key of the sandbox to the
     * account there that goes with it.
     */
    public OwnAccount ownAccount(Map<ServiceName, Secret> keys, Caller caller) {
        Secret ofSandbox = keys.get(ServiceName.TWITTER_BEARER);
        XCredentials credentials = ofSandbox == null ? OAuthKeys.of(name -> secret(keys, name).reveal())
                : BearerToken.of(sandbox.actingToken(ofSandbox.reveal()));
        return ownAccount(credentials, (ofSandbox == null ? secret(keys, ServiceName.TWITTER_ACCESS_TOKEN) : ofSandbox).label(), caller);
    }

    OwnAccount ownAccount(XCredentials credentials, String label, Caller caller) {
        XFaults faults = new XFaults(credentials);
        return new XOwnAccount(credentials.network(), label, calls(credentials, caller, faults), faults);
    }

    private static Secret secret(Map<ServiceName, Secret> keys, ServiceName name) {
        return Objects.requireNonNull(keys.get(name));
    }

    private XCalls calls(XCredentials credentials, Caller caller, XFaults faults) {
        return new XCalls(egress, base(credentials.network()), credentials, caller, clock, backoff, faults);
    }

    URI base(Network network) {
        return switch (network) {
            case SANDBOX -> sandbox.address();
            case X -> settings.base();
        };
    }
}
