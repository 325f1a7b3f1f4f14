package social.coral.networks;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import social.coral.egress.Egress;
import social.coral.egress.EgressFault;
import social.coral.egress.EgressResponse;
import social.coral.egress.Purpose;
import social.coral.services.ServiceFault;
import social.coral.vault.ApiKey;
import social.coral.vault.KeyCheck;
import social.coral.vault.Secret;
import social.coral.vault.ServiceName;

/**
 * Checks the keys of X at no cost. X charges for what it delivers, so it is asked for a post under an id that is no id. X looks at
 * the keys first: it answers 401 to bad ones, and complains about the id (400) only to good ones.
 */
final class XKeyCheck implements KeyCheck {

    private final Egress egress;
    private final Networks networks;
    private final Clock clock;

    XKeyCheck(Egress egress, Networks networks, Clock clock) {
        this.egress = egress;
        this.networks = networks;
        this.clock = clock;
    }

    @Override
    public Set<ServiceName> services() {
        Set<ServiceName> all = EnumSet.copyOf(ServiceName.TWITTER_API_KEY.group());
        all.add(ServiceName.TWITTER_BEARER);
        return all;
    }

    @Override
    public Verdict check(Map<ServiceName, Secret> keys) {
        Secret bearer = keys.get(ServiceName.TWITTER_BEARER);
        return bearer != null ? check(() -> BearerToken.of(bearer.reveal()))
                : check(() -> OAuthKeys.of(service -> Optional.ofNullable(keys.get(service)).orElseThrow().reveal()));
    }

    Verdict check(Supplier<XCredentials> given) {
        try {
            XCredentials credentials = given.get();
            URI base = networks.base(credentials.network());
            Purpose purpose = new Purpose("x-key-check", Duration.ofSeconds(10), 256 << 10, base);
            URI address = URI.create(base + "/2/tweets?ids=none");
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("Authorization", credentials.authorization("GET", address, clock.instant()))
                    .build();
            XFaults faults = XFaults.ofKeyCheck(credentials);
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
        return switch (faults.of(reply, null, clock.instant())) {
            case ServiceFault.Postponed known -> new Verdict(ApiKey.State.VALID, null);
            case ServiceFault.KeyRefused refused -> new Verdict(ApiKey.State.REFUSED, refused.sentence());
            case ServiceFault other -> new Verdict(ApiKey.State.UNCHECKED, other.sentence());
        };
    }
}
