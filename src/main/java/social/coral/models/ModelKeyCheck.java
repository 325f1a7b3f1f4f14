package social.coral.models;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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
import tools.jackson.databind.JsonNode;

/**
 * Checks keys at no cost. OpenAI and Anthropic list their models only to a good key. Perplexity does so for everybody, and is sent a
 * question without words instead: it looks at the key first, and complains of the question (400) only to a good one.
 */
@Component
class ModelKeyCheck implements KeyCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 4 << 20;
    static final Pattern SCOPES = Pattern.compile("(?i)missing scopes?|insufficient permissions");

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
            return verdict(provider, egress.send(new Purpose("model-key-check", TIMEOUT, MAX_BYTES, provider.base()), request.build()));
        } catch (EgressFault fault) {
            return unchecked(fault.toTenant(provider.title()));
        }
    }

    /** Blames what a call would blame: an answer that is not the provider's says nothing of the key. */
    private static Verdict verdict(Provider provider, EgressResponse response) {
        int status = response.status();
        Optional<JsonNode> body = Responses.parsed(response.body());
        Optional<Problem> problem = body.flatMap(Problem::of);
        if (provider.isOfKey(status, response.body())) {
            return refused(provider);
        }
        if (problem.isEmpty()) {
            boolean isList = status == 200 && body.filter(list -> list.path("data").isArray() || "list".equals(Reply.text(list.path("object")))).isPresent();
            return isList && provider.key() != ServiceName.PERPLEXITY ? new Verdict(ApiKey.State.VALID, null) : unchecked(unsaid(provider, status));
        }
        Problem said = problem.get();
        return switch (Blame.of(status == 200 && said.status() > 0 ? said.status() : status, said)) {
            case KEY -> said.isAbout(SCOPES)
                    ? unchecked(provider.title() + " knows this key and does not allow it to list models, which is how a key is checked. What agents ask may be allowed.")
                    : refused(provider);
            case PLAN -> unchecked("No credit is left at " + provider.title() + ", or a spending limit there is reached; add credit or raise the limit in your account there.");
            case RATE -> unchecked(provider.title() + " has been asked too much with this key; test it again later.");
            default -> provider.key() == ServiceName.PERPLEXITY && (status == 400 || status == 422) ? new Verdict(ApiKey.State.VALID, null)
                    : unchecked(unsaid(provider, status));
        };
    }

    private static Verdict unchecked(String detail) {
        return new Verdict(ApiKey.State.UNCHECKED, detail);
    }

    private static String unsaid(Provider provider, int status) {
        if (status >= 400 && status != 401 && status != 403) {
            return provider.title() + " answered with status " + status + "; test it again later.";
        }
        return status == 403
                ? provider.title() + " does not allow the call that checks the key (status 403), and does not say that"
                        + " this is because of the key. A firewall, or the country that this server is in, can be the reason."
                : "What came in place of " + provider.title() + "'s answer (status " + status + ") says nothing of the key. Ask your administrator to check the proxy or"
                        + " firewall, and to check " + provider.variable() + ".";
    }

    private static Verdict refused(Provider provider) {
        return new Verdict(ApiKey.State.REFUSED, provider.key() == ServiceName.PERPLEXITY
                ? "Perplexity does not accept this key, or its credit is used up. Copy it again, or check your account there."
                : provider.title() + " does not accept this key. Copy it again, or make a new one.");
    }
}
