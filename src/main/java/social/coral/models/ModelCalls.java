package social.coral.models;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import social.coral.egress.EgressFault;
import social.coral.egress.Purpose;
import social.coral.services.Caller;
import social.coral.services.ServiceFault;
import social.coral.tenancy.Tenant;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.Call.Outcome;
import social.coral.usage.OpenCall;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes the calls of one tenant to one provider: reserves, sends, retries what may be retried, settles, reads. */
final class ModelCalls {

    /** The name in the ledger of a server that the operator runs. */
    private static final String OWN_SERVER = "own_server";
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final int MAX_BYTES = 4 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    private final Provider provider;
    private final String secret;
    private final Caller caller;
    private final ModelTools tools;
    private final ModelFaults faults;
    private final Responses responses;
    private final Purpose purpose;
    private final Circuit circuit;
    private @Nullable String service;

    ModelCalls(Provider provider, String secret, Caller caller, ModelTools tools) {
        this.provider = provider;
        this.secret = secret;
        this.caller = caller;
        this.tools = tools;
        this.faults = new ModelFaults(provider, secret);
        this.responses = new Responses(provider, faults, tools.clock());
        this.purpose = new Purpose("model", TIMEOUT, MAX_BYTES, provider.base());
        this.circuit = tools.circuits().of(Tenant.current(), provider.key());
    }

    /** A reply, with what all tries for it used. */
    record Asked(Reply reply, Amount used) {}

    Asked ask(Prompt prompt) {
        return circuit.call(attempts -> caller.waitFor(() -> asked(prompt, attempts)));
    }

    /** Returns the parameters of a prompt that its model is known not to take. */
    Set<String> refused(Prompt prompt) {
        return tools.refused().of(provider.key(), model(prompt));
    }

    private String model(Prompt prompt) {
        String chosen = prompt.parameters().model();
        return chosen == null ? provider.defaultModel() : chosen;
    }

    private Asked asked(Prompt prompt, int attempts) {
        String model = model(prompt);
        Amount used = Amount.NONE;
        int failed = 0;
        while (true) {
            Set<String> refused = refused(prompt);
            ObjectNode body = provider.body(prompt, model);
            String limit = provider.limits().stream().filter(name -> !refused.contains(name)).findFirst().orElseThrow(() -> faults.limitless(model));
            body.put(limit, prompt.parameters().outputTokens());
            body.remove(refused);
            Attempt attempt = attempt(body, model, prompt.parameters().outputTokens());
            used = used.plus(attempt.used());
            if (attempt.reply() != null) {
                return new Asked(attempt.reply(), used);
            }
            if (attempt.refusedParameter() != null && !refused.contains(attempt.refusedParameter())) {
                tools.refused().add(provider.key(), model, attempt.refusedParameter());
                continue;
            }
            failed++;
            ServiceFault fault = attempt.fault() == null ? faults.malformed() : attempt.fault();
            if (!(fault instanceof ServiceFault.Unavailable) || failed >= attempts) {
                throw fault;
            }
            tools.backoff().await(failed);
        }
    }

    private Attempt attempt(ObjectNode body, String model, int outputTokens) {
        byte[] sent = JSON.writeValueAsBytes(body);
        Amount most = provider.most(sent.length, outputTokens);
        HttpRequest.Builder request = provider.request(provider.path(), secret)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(sent));
        OpenCall call = caller.open(new Call(service(), "POST " + provider.path(), model, provider.unit()), most);
        long start = System.nanoTime();
        Attempt attempt;
        try {
            attempt = tools.egress().send(purpose, request.build(), response -> {
                caller.arrived();
                return responses.read(response, model, most);
            });
        } catch (EgressFault e) {
            attempt = Attempt.failed(ServiceFault.of(e, provider.title(), tools.clock().instant()), Outcome.FAILED, most);
            if (e.kind() == EgressFault.Kind.REFUSED || e.kind() == EgressFault.Kind.UNREACHABLE) {
                // Nothing was sent, so nothing can be charged.
                call.release();
                return attempt;
            }
        }
        call.settle(attempt.outcome(), attempt.used(), Duration.ofNanos(System.nanoTime() - start));
        return attempt;
    }

    /** An operator's own server costs what the operator says. */
    private String service() {
        if (service == null) {
            boolean isOwn = provider instanceof OpenAiChat && tools.egress().isPrivate(provider.base());
            service = isOwn ? OWN_SERVER : provider.key().toString();
        }
        return service;
    }
}
