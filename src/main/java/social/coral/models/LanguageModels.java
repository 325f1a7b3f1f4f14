package social.coral.models;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import social.coral.egress.Egress;
import social.coral.egress.EgressFault;
import social.coral.egress.EgressResponse;
import social.coral.egress.Purpose;
import social.coral.tenancy.Tenant;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.Meter;
import social.coral.vault.ApiKeys;
import social.coral.vault.CallsResumed;
import social.coral.vault.Secret;
import social.coral.vault.ServiceName;

/** The providers of language models, and the models that each offers to the current tenant. */
@Component
public class LanguageModels {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 4 << 20;
    private static final int MAX_MODELS = 500;
    private static final int MILLION = 1_000_000;

    private record Key(Tenant tenant, ServiceName provider) {}

    private final Egress egress;
    private final ModelSettings settings;
    private final ApiKeys keys;
    private final RefusedParameters refused;
    private final Meter meter;
    private final Cache<Key, List<String>> offered = Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(Duration.ofDays(1)).build();

    LanguageModels(Egress egress, ModelSettings settings, ApiKeys keys, RefusedParameters refused, Meter meter) {
        this.egress = egress;
        this.settings = settings;
        this.keys = keys;
        this.refused = refused;
        this.meter = meter;
    }

    /** Returns the keys of the providers, in the order in which an agent without a choice takes the first that the tenant has. */
    public List<ServiceName> providers() {
        return settings.providers().stream().map(Provider::key).toList();
    }

    /** Returns a provider's name for people. */
    public String title(ServiceName provider) {
        return settings.of(provider).title();
    }

    public String defaultModel(ServiceName provider) {
        return settings.of(provider).defaultModel();
    }

    public double maxTemperature(ServiceName provider) {
        return settings.of(provider).maxTemperature();
    }

    /** Returns the parameters that a model is known not to take. */
    public Set<String> refused(ServiceName provider, String model) {
        return refused.of(provider, model);
    }

    /** Returns the most that one call with a prompt can cost, in millionths of a US dollar. */
    public long price(ServiceName key, Prompt prompt) {
        Provider provider = settings.of(key);
        ModelRequests.Planned planned = new ModelRequests(provider, egress)
                .plan(prompt, refused.of(key, ModelRequests.model(provider, prompt)), true, new ModelFaults(provider, ""));
        return meter.price(planned.call(), planned.most());
    }

    /** Returns what the provider of {@link TextEmbeddings} charges for so many tokens, in millionths of a US dollar. */
    public long embeddingPrice(String model, long tokens) {
        Provider provider = settings.openAi();
        Call call = new Call(ModelRequests.service(provider, egress), "POST " + OpenAiEmbeddings.PATH, model, provider.unit());
        return Math.ceilDiv(Math.multiplyExact(meter.price(call, new Amount(0, MILLION, 0, 0, 0)), tokens), MILLION);
    }

    /**
     * Returns the names of the models that answer in words, as the provider lists them to the tenant's key; asked for at no cost, and
     * kept for a day. Empty without a key, or when the provider gives no list.
     */
    public List<String> offered(ServiceName provider) {
        Key key = new Key(Tenant.current(), provider);
        List<String> known = offered.getIfPresent(key);
        if (known != null) {
            return known;
        }
        List<String> listed = keys.find(provider).filter(stored -> stored.isActive() && !stored.isBroken())
                .flatMap(stored -> keys.open(provider)).flatMap(secret -> list(settings.of(provider), secret)).orElse(List.of());
        if (!listed.isEmpty()) {
            offered.put(key, listed);
        }
        return listed;
    }

    /** Another key may be offered other models. */
    @EventListener
    void callsResumed(CallsResumed event) {
        offered.invalidate(new Key(Tenant.current(), event.service()));
    }

    private Optional<List<String>> list(Provider provider, Secret secret) {
        HttpRequest request = provider.request(provider.modelsPath(), secret.reveal()).build();
        try {
            EgressResponse response = egress.send(new Purpose("models", TIMEOUT, MAX_BYTES, provider.base()), request);
            return response.status() != 200 ? Optional.empty() : Responses.parsed(response.body()).map(body -> body.path("data").valueStream()
                    .map(model -> Reply.text(model.path("id")))
                    .filter(name -> ModelParameters.isModel(name) && provider.isForText(name))
                    .distinct().sorted().limit(MAX_MODELS).toList());
        } catch (EgressFault fault) {
            return Optional.empty();
        }
    }
}
