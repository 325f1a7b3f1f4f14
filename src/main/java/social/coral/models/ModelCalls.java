package social.coral.models;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import social.coral.egress.Purpose;
import social.coral.services.Caller;
import social.coral.services.RequestHash;
import social.coral.services.ServiceFault;
import social.coral.tenancy.Tenant;
import social.coral.usage.Amount;

/** Makes the calls of one tenant to one provider: reserves, sends, retries what may be retried, settles, reads. */
final class ModelCalls {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final int MAX_BYTES = 4 << 20;
    /** Each token comes in an event of its own. */
    private static final int MAX_STREAM_BYTES = 16 << 20;
    /** A model may think for long before it writes. */
    private static final Duration MAX_SILENCE = Duration.ofMinutes(1);

    private final Provider provider;
    private final String secret;
    private final Caller caller;
    private final ModelTools tools;
    private final ModelFaults faults;
    private final Responses responses;
    private final ModelRequests requests;
    private final Purpose purpose;
    private final Purpose streaming;
    private final Circuit circuit;

    ModelCalls(Provider provider, String secret, Caller caller, ModelTools tools) {
        this.provider = provider;
        this.secret = secret;
        this.caller = caller;
        this.tools = tools;
        this.faults = new ModelFaults(provider, secret);
        this.responses = new Responses(provider, faults, tools.clock());
        this.purpose = new Purpose("model", TIMEOUT, MAX_BYTES, provider.base());
        this.streaming = new Purpose("model-stream", TIMEOUT, MAX_STREAM_BYTES, provider.base());
        this.requests = new ModelRequests(provider, tools.egress());
        this.circuit = tools.circuits().of(Tenant.current(), provider.key(), provider.path());
    }

    /** A reply, with what all tries for it used. */
    record Asked(Reply reply, Amount used) {}

    Asked ask(Prompt prompt, Draft draft) {
        return circuit.call(attempts -> caller.waitFor(() -> asked(prompt, draft, Math.min(attempts, caller.tries()))));
    }

    /** Reports whether an answer that is of no use may be asked for again. */
    boolean mayAskAgain() {
        return caller.tries() > 1;
    }

    /** Returns the parameters of a prompt that its model is known not to take. */
    Set<String> refused(Prompt prompt) {
        return tools.refused().of(provider.key(), ModelRequests.model(provider, prompt));
    }

    double maxTemperature() {
        return provider.maxTemperature();
    }

    private Asked asked(Prompt prompt, Draft draft, int attempts) {
        Amount used = Amount.NONE;
        int failed = 0;
        String asked = "";
        while (true) {
            Set<String> refused = refused(prompt);
            ModelRequests.Planned planned = requests.plan(prompt, refused, draft != Draft.UNSEEN, faults);
            String request = RequestHash.of(provider.path(), planned.body());
            if (!request.equals(asked)) {
                asked = request;
                Optional<Reply> kept = caller.kept(request).flatMap(KeptReply::read);
                if (kept.isPresent()) {
                    Amount paid = kept.get().used();
                    return new Asked(kept.get(), paid == null ? used : used.plus(paid));
                }
            }
            draft.begun();
            Attempt<Reply> attempt = attempt(planned, request, draft);
            used = used.plus(attempt.used());
            if (attempt.reply() != null) {
                return new Asked(attempt.reply(), used);
            }
            if (attempt.refusedParameter() != null && !refused.contains(attempt.refusedParameter())) {
                tools.refused().add(provider.key(), ModelRequests.model(provider, prompt), attempt.refusedParameter());
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

    private Attempt<Reply> attempt(ModelRequests.Planned planned, String asked, Draft draft) {
        boolean streamed = draft != Draft.UNSEEN;
        Amount most = planned.most();
        String model = String.valueOf(planned.call().model());
        HttpRequest request = provider.request(provider.path(), secret)
                .header("Content-Type", "application/json")
                .header("Accept", streamed ? "text/event-stream" : "application/json")
                .POST(BodyPublishers.ofByteArray(planned.body()))
                .build();
        StreamedAnswer answer = new StreamedAnswer(provider.pieces(), draft, most);
        return ChargedCall.make(provider, caller, tools.clock(), planned.call(), most,
                () -> streamed
                        ? tools.egress().receive(streaming, MAX_SILENCE, request, response -> {
                            caller.arrived();
                            return responses.read(response, model, answer, most);
                        })
                        : tools.egress().send(purpose, request, response -> {
                            caller.arrived();
                            return responses.read(response, model, most);
                        }),
                () -> streamed ? answer.soFar() : most,
                (call, attempt, took) -> {
                    if (attempt.reply() == null) {
                        call.settle(attempt.outcome(), attempt.used(), took);
                    } else {
                        call.settle(attempt.outcome(), attempt.used(), took, asked, KeptReply.written(attempt.reply()));
                    }
                });
    }
}
