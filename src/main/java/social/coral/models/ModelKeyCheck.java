package social.coral.models;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import social.coral.egress.Egress;
import social.coral.egress.EgressFault;
import social.coral.egress.Purpose;
import social.coral.vault.ApiKey;
import social.coral.vault.KeyCheck;
import social.coral.vault.Secret;
import social.coral.vault.ServiceName;

/** Checks keys by listing the service's models, which is free. Perplexity has no such call. */
@Component
@EnableConfigurationProperties(ModelSettings.class)
class ModelKeyCheck implements KeyCheck {

    private final Egress egress;
    private final ModelSettings settings;

    ModelKeyCheck(Egress egress, ModelSettings settings) {
        this.egress = egress;
        this.settings = settings;
    }

    @Override
    public Set<ServiceName> services() {
        return Set.of(ServiceName.OPENAI, ServiceName.ANTHROPIC);
    }

    @Override
    public Verdict check(ServiceName service, Secret key) {
        String name = service == ServiceName.OPENAI ? "OpenAI" : "Anthropic";
        HttpRequest request = service == ServiceName.OPENAI
                ? HttpRequest.newBuilder(URI.create(base(service) + "/models"))
                        .header("Authorization", "Bearer " + key.reveal())
                        .build()
                : HttpRequest.newBuilder(URI.create(base(service) + "/v1/models"))
                        .header("x-api-key", key.reveal())
                        .header("anthropic-version", "2023-06-01")
                        .build();
        try {
            Purpose purpose = new Purpose("model-key-check", Duration.ofSeconds(10), 4 << 20, base(service));
            int status = egress.send(purpose, request).status();
            return switch (status) {
                case 200 -> new Verdict(ApiKey.State.VALID, null);
                case 401, 403 -> new Verdict(ApiKey.State.REFUSED, name + " does not accept this key. Copy it again, or make a new one.");
                default -> new Verdict(ApiKey.State.UNCHECKED, name + " answered with status " + status + "; test it again later.");
            };
        } catch (EgressFault fault) {
            return new Verdict(ApiKey.State.UNCHECKED, fault.toTenant(name));
        }
    }

    private URI base(ServiceName service) {
        return URI.create(service == ServiceName.OPENAI ? settings.openaiUrl() : settings.anthropicUrl());
    }
}
