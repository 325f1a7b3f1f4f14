package social.coral.networks;

import java.net.URI;
import java.time.Clock;
import social.coral.egress.Egress;
import social.coral.sandbox.Sandbox;
import social.coral.services.Backoff;
import social.coral.services.Caller;

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
        return new XApiClient(token.network(), new XCalls(egress, base(token.network()), token, caller, clock, backoff, faults), faults);
    }

    URI base(Network network) {
        return switch (network) {
            case SANDBOX -> sandbox.address();
            case X -> settings.base();
        };
    }
}
