package social.coral.networks;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import social.coral.egress.Egress;
import social.coral.egress.EgressFault;
import social.coral.egress.EgressResponse;
import social.coral.egress.Purpose;
import social.coral.networks.XWire.Problem;
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

    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

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
                return judged(credentials, faults, egress.send(purpose, request));
            } catch (EgressFault e) {
                return new Verdict(ApiKey.State.UNCHECKED, e.toTenant(faults.first()));
            }
        } catch (ServiceFault.KeyRefused e) {
            return new Verdict(ApiKey.State.REFUSED, e.sentence());
        }
    }

    private Verdict judged(XCredentials credentials, XFaults faults, EgressResponse reply) {
        if (XFaults.isComplaintAbout("ids", reply)) {
            return new Verdict(ApiKey.State.VALID, null);
        }
        if (reply.status() == 429 && !RateLimitWindow.isOfX(reply)) {
            return new Verdict(ApiKey.State.UNCHECKED, faults.intercepted(reply).sentence());
        }
        Instant now = clock.instant();
        return switch (faults.of(reply, null, now)) {
            case ServiceFault.Postponed known -> new Verdict(ApiKey.State.VALID, null);
            case ServiceFault.KeyRefused refused -> credentials instanceof OAuthKeys
                    ? wrongClock(reply, now).orElseGet(() -> new Verdict(ApiKey.State.REFUSED, refused.sentence()))
                    : new Verdict(ApiKey.State.REFUSED, refused.sentence());
            case ServiceFault other -> new Verdict(ApiKey.State.UNCHECKED, other.sentence());
        };
    }

    /** X refuses a signed request whose time is off by some minutes, whatever the keys. */
    private static Optional<Verdict> wrongClock(EgressResponse reply, Instant now) {
        Optional<Duration> behind = reply.header("Date").flatMap(XKeyCheck::parsed).map(date -> Duration.between(now, date))
                .filter(skew -> skew.abs().compareTo(MAX_CLOCK_SKEW) > 0);
        if (behind.isEmpty() && !Problem.of(reply).filter(OAuthKeys::isAboutTime).isPresent()) {
            return Optional.empty();
        }
        String how = behind.map(skew -> skew.abs().toMinutes() + " minutes " + (skew.isNegative() ? "fast" : "slow")).orElse("wrong");
        return Optional.of(new Verdict(ApiKey.State.UNCHECKED, "The clock of this server is " + how
                + ", so X refuses every signed request. Tell your administrator; the keys may be right."));
    }

    private static Optional<Instant> parsed(String date) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
