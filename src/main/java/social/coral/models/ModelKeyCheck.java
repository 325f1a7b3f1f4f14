package social.coral.models;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import social.coral.egress.Egress;
import social.coral.egress.EgressFault;
import social.coral.egress.EgressResponse;
import social.coral.egress.Purpose;
import social.coral.vault.ApiKey;
import social.coral.vault.KeyCheck;
import social.coral.vault.Secret;
import social.coral.vault.ServiceName;

/**
 * Checks keys at no cost. OpenAI and Anthropic list their models only to a good key. Perplexity does so for everybody, and is sent a
 * question without words instead: it looks at the key first, and complains of the question (400) only to a good one.
 */
@Component
class ModelKeyCheck implements KeyCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 4 << 20;

    private final Egress egress;
    private final ModelSettings settings;

    ModelKeyCheck(Egress egress, ModelSettings settings) {
        this.egress = egress;
        this.settings = settings;
    }

    @Override
    public Set<ServiceName> services() {
        return settings.providers().stream().map(Provider::key).collect(Collectors.toSet());
    }

    @Override
    public Verdict check(Map<ServiceName, Secret> keys) {
        return keys.entrySet().stream().map(key -> check(key.getKey(), key.getValue().reveal())).findFirst().orElseThrow();
    }

    Verdict check(ServiceName service, String key) {
        Provider provider = settings.of(service);
        HttpRequest.Builder request = service == ServiceName.PERPLEXITY
                ? provider.request(provider.path(), key).header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}"))
                : provider.request(provider.modelsPath(), key);
        try {
            EgressResponse response = egress.send(new Purpose("model-key-check", TIMEOUT, MAX_BYTES, provider.base()), request.build());
            int status = response.status();
            boolean isAsWanted = service == ServiceName.PERPLEXITY ? status == 400 || status == 422 : status == 200;
            if (isAsWanted && response.body().stripLeading().startsWith("{")) {
                return new Verdict(ApiKey.State.VALID, null);
            }
            if (status == 401 || status == 403 && isOfKey(response)) {
                return new Verdict(ApiKey.State.REFUSED, refused(provider));
            }
            return status == 403
                    ? new Verdict(ApiKey.State.UNCHECKED, provider.title() + " does not allow the call that checks the key (status 403), and does not say that"
                            + " this is because of the key. A firewall, or the country that this server is in, can be the reason.")
                    : new Verdict(ApiKey.State.UNCHECKED, provider.title() + " answered with status " + status + "; test it again later.");
        } catch (EgressFault fault) {
            return new Verdict(ApiKey.State.UNCHECKED, fault.toTenant(provider.title()));
        }
    }

    private static boolean isOfKey(EgressResponse response) {
        return Responses.parsed(response.body()).flatMap(Problem::of).filter(problem -> Blame.of(403, problem) == Blame.KEY).isPresent();
    }

    private static String refused(Provider provider) {
        return provider.key() == ServiceName.PERPLEXITY
                ? "Perplexity does not accept this key, or its credit is used up. Copy it again, or check your account there."
                : provider.title() + " does not accept this key. Copy it again, or make a new one.";
    }
}
