package social.coral.networks;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import org.springframework.util.StringUtils;
import social.coral.egress.Egress;
import social.coral.egress.EgressFault;
import social.coral.egress.EgressResponse;
import social.coral.egress.Purpose;
import social.coral.networks.KeyVerdict.Verdict;
import social.coral.sandbox.Sandbox;

/** Gives the network that a key belongs to: keys that the sandbox issued lead to the sandbox, all others to X. */
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

    /**
     * The network as the key's owner sees it.
     *
     * @param listener is told of every call
     * @throws NetworkFault.CredentialsRefused when the text cannot be a key
     */
    public SocialNetwork with(String bearer, CallListener listener) {
        BearerToken token = BearerToken.of(bearer);
        XFaults faults = new XFaults(title(token), token);
        XCalls calls = new XCalls(egress, base(token), token, listener, clock, backoff, faults);
        return new XApiClient(nameOf(bearer), calls, faults);
    }

    /** The name of the network that the key belongs to: {@code x} or {@code sandbox}. */
    public static String nameOf(String bearer) {
        return BearerToken.of(bearer).isSandbox() ? "sandbox" : "x";
    }

    /**
     * Whether a key works, at no cost: X charges for what it delivers, so it is asked for a post under an id that is no id.
     * X looks at the key first: it answers 401 to a bad one, and complains of the id (400) only to a good one.
     */
    public KeyVerdict check(String bearer) {
        try {
            BearerToken token = BearerToken.of(bearer);
            Purpose purpose = new Purpose("x-key-check", Duration.ofSeconds(10), 256 << 10, base(token));
            HttpRequest request = HttpRequest.newBuilder(URI.create(base(token) + "/2/tweets?ids=none"))
                    .header("Authorization", "Bearer " + token.value())
                    .build();
            return judged(title(token), new XFaults(title(token), token), egress.send(purpose, request));
        } catch (NetworkFault.CredentialsRefused e) {
            return new KeyVerdict(Verdict.REFUSED, e.sentence());
        } catch (EgressFault e) {
            return new KeyVerdict(Verdict.UNCLEAR, e.toTenant(StringUtils.capitalize(title(BearerToken.of(bearer)))));
        }
    }

    private KeyVerdict judged(String network, XFaults faults, EgressResponse reply) {
        boolean looked = reply.status() == 200 || reply.status() == 400;
        if (looked && reply.body().stripLeading().startsWith("{")) {
            return new KeyVerdict(Verdict.WORKS, network + " accepts this key");
        }
        return switch (faults.of(reply, clock.instant())) {
            case NetworkFault.RateLimited limited -> new KeyVerdict(Verdict.WORKS, network + " knows this key. " + limited.sentence());
            case NetworkFault.CredentialsRefused refused -> new KeyVerdict(Verdict.REFUSED, refused.sentence());
            case NetworkFault other -> new KeyVerdict(Verdict.UNCLEAR, other.sentence());
        };
    }

    private URI base(BearerToken token) {
        return token.isSandbox() ? sandbox.address() : settings.base();
    }

    private static String title(BearerToken token) {
        return token.isSandbox() ? "the sandbox" : "X";
    }
}
