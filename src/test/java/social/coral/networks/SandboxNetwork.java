package social.coral.networks;

import java.time.Clock;
import social.coral.egress.Egress;
import social.coral.sandbox.Sandbox;
import social.coral.services.Backoff;
import social.coral.services.Caller;

/** The sandbox as the product reads it, for tests of other rooms that move its clock. */
public final class SandboxNetwork {

    private SandboxNetwork() {}

    public static SocialNetwork of(Sandbox sandbox, Egress egress, Clock clock, Caller caller) {
        Backoff backoff = new Backoff(() -> 0L, Thread::sleep);
        return new Networks(egress, new NetworksSettings("https://api.x.com"), sandbox, clock, backoff).with(sandbox.issueToken(), caller);
    }
}
