package social.coral.models;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import social.coral.egress.Egress;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Plans the calls to one provider: what is sent, and the most that it can use. */
final class ModelRequests {

    /** The name in the ledger of a server that the operator runs. */
    private static final String OWN_SERVER = "own_server";
    private static final JsonMapper JSON = new JsonMapper();

    private final Provider provider;
    private final Egress egress;
    private @Nullable String service;

    ModelRequests(Provider provider, Egress egress) {
        this.provider = provider;
        this.egress = egress;
    }

    /**
     * A call that may be made.
     *
     * @param most what it can use
     */
    record Planned(Call call, byte[] body, Amount most) {}

    static String model(Provider provider, Prompt prompt) {
        String chosen = prompt.parameters().model();
        return chosen == null ? provider.defaultModel() : chosen;
    }

    /** @param refused the parameters that the model is known not to take */
    Planned plan(Prompt prompt, Set<String> refused, boolean streamed, ModelFaults faults) {
        String model = model(provider, prompt);
        ObjectNode body = provider.body(prompt, model);
        String limit = provider.limits().stream().filter(name -> !refused.contains(name)).findFirst().orElseThrow(() -> faults.limitless(model));
        body.put(limit, prompt.parameters().outputTokens());
        if (streamed) {
            provider.stream(body);
        }
        body.remove(refused);
        byte[] bytes = JSON.writeValueAsBytes(body);
        return new Planned(new Call(service(), "POST " + provider.path(), model, provider.unit()), bytes, provider.most(bytes.length, prompt.parameters().outputTokens()));
    }

    private String service() {
        if (service == null) {
            service = service(provider, egress);
        }
        return service;
    }

    /** Returns a provider's name in the ledger. An operator's own server costs what the operator says. */
    static String service(Provider provider, Egress egress) {
        return provider instanceof OpenAiChat && egress.isPrivate(provider.base()) ? OWN_SERVER : provider.key().toString();
    }
}
