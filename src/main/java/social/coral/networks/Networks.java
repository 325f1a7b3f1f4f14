package social.coral.networks;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import social.coral.egress.Egress;
import social.coral.egress.EgressFault;
import social.coral.egress.EgressResponse;
import social.coral.egress.Purpose;
import social.coral.sandbox.Sandbox;
import social.coral.services.Backoff;
import social.coral.services.Caller;
import social.coral.services.ServiceFault;
import social.coral.vault.ApiKey;
import social.coral.vault.KeyCheck;
import social.coral.vault.Secret;
import social.coral.vault.ServiceName;

/** Gives the network that a bearer token belongs to: those that the sandbox issued lead to the sandbox, all others to X. */
public final class Networks implements KeyCheck {

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
        return new XApiClient(token.network(), new XCalls(egress, base(token), token, caller, clock, backoff, faults), faults);
    }

    /** The other four keys of X work only together, in calls that cost money. */
    @Override
    public Set<ServiceName> services() {
        return Set.of(ServiceName.TWITTER_BEARER);
    }

    @Override
    public Verdict check(ServiceName service, Secret key) {
        return check(key.reveal());
    }

    /**
     * Asks at no cost: X charges for what it delivers, so it is asked for a post under an id that is no id. X looks at the key
     * first: it answers 401 to a bad one, and complains of the id (400) only to a good one.
     */
    Verdict check(String bearer) {
        try {
            BearerToken token = BearerToken.of(bearer);
            Purpose purpose = new Purpose("x-key-check", Duration.ofSeconds(10), 256 << 10, base(token));
            HttpRequest request = HttpRequest.newBuilder(URI.create(base(token) + "/2/tweets?ids=none"))
                    .header("Authorization", "Bearer " + token.value())
                    .build();
            XFaults faults = new XFaults(token);
            try {
                return judged(faults, egress.send(purpose, request));
            } catch (EgressFault e) {
                return new Verdict(ApiKey.State.UNCHECKED, e.toTenant(faults.first()));
            }
        } catch (ServiceFault.KeyRefused e) {
            return new Verdict(ApiKey.State.REFUSED, e.sentence());
        }
    }

    private Verdict judged(XFaults faults, EgressResponse reply) {
        if (XFaults.isComplaintAbout("ids", reply)) {
            return new Verdict(ApiKey.State.VALID, null);
        }
        if (reply.status() == 429 && !RateLimitWindow.isOfX(reply)) {
            return new Verdict(ApiKey.State.UNCHECKED, faults.intercepted(reply).sentence());
        }
        if (reply.status() == 403 && faults.of(reply, null, clock.instant()) instanceof ServiceFault.BadRequest refused) {
            // The question concerned no account, so what was turned down is the key.
            return new Verdict(ApiKey.State.REFUSED, refused.sentence());
        }
        return switch (faults.of(reply, null, clock.instant())) {
            case ServiceFault.Postponed known -> new Verdict(ApiKey.State.VALID, null);
            case ServiceFault.KeyRefused refused -> new Verdict(ApiKey.State.REFUSED, refused.sentence());
            case ServiceFault other -> new Verdict(ApiKey.State.UNCHECKED, other.sentence());
        };
    }

    private URI base(BearerToken token) {
        return switch (token.network()) {
            case SANDBOX -> sandbox.address();
            case X -> settings.base();
        };
    }
}
