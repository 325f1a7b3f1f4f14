package social.coral.networks;

import java.util.Set;
import org.springframework.stereotype.Component;
import social.coral.vault.ApiKey;
import social.coral.vault.KeyCheck;
import social.coral.vault.Secret;
import social.coral.vault.ServiceName;

/** Checks X's bearer token. The other four keys of X work only together, in calls that cost money. */
@Component
class XKeyCheck implements KeyCheck {

    private final Networks networks;

    XKeyCheck(Networks networks) {
        this.networks = networks;
    }

    @Override
    public Set<ServiceName> services() {
        return Set.of(ServiceName.TWITTER_BEARER);
    }

    @Override
    public Verdict check(ServiceName service, Secret key) {
        KeyVerdict verdict = networks.check(key.reveal());
        return switch (verdict.verdict()) {
            case WORKS -> new Verdict(ApiKey.State.VALID, null);
            case REFUSED -> new Verdict(ApiKey.State.REFUSED, verdict.sentence());
            case UNCLEAR -> new Verdict(ApiKey.State.UNCHECKED, verdict.sentence());
        };
    }
}
