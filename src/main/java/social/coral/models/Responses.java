package social.coral.models;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import social.coral.egress.EgressResponse;
import social.coral.egress.Reception;
import social.coral.services.ServiceFault;
import social.coral.usage.Amount;
import social.coral.usage.Call.Outcome;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a provider sent: a reply, or the fault that it means. A status of 200 does not yet make it a reply. */
final class Responses {

    private static final int MAX_DEPTH = 100;
    /** A filter that looks at the prompt declines it before a model does. */
    private static final Pattern FILTERED = Pattern.compile("(?i)content_filter|content_policy_violation|content management policy|flagged as potentially violating");
    private static final Problem NOTHING_SAID = new Problem("", "", "", "");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxTokenCount(200_000).maxNestingDepth(MAX_DEPTH).build()).build()).build();

    private final Provider provider;
    private final ModelFaults faults;
    private final Clock clock;

    Responses(Provider provider, ModelFaults faults, Clock clock) {
        this.provider = provider;
        this.faults = faults;
        this.clock = clock;
    }

    /** @param most what the call has used for all that is known, where an answer does not say */
    Attempt<Reply> read(EgressResponse response, String model, Amount most) {
        Optional<JsonNode> body = parsed(response.body());
        if (response.status() != 200) {
            Optional<Problem> problem = body.flatMap(Problem::of);
            return refusal(response, provider.isOfKey(response.status(), response.body()) ? Optional.of(NOTHING_SAID) : problem, model);
        }
        if (body.isEmpty()) {
            return response.body().stripLeading().startsWith("<")
                    ? Attempt.failed(faults.intercepted(200), Outcome.FAILED, Amount.NONE)
                    : Attempt.failed(faults.malformed(), Outcome.FAILED, most);
        }
        return answer(response, body.get(), model, most);
    }

    /** Reads an answer while it arrives. One that is not streamed is read whole. */
    Attempt<Reply> read(Reception response, String model, StreamedAnswer streamed, Amount most) throws IOException {
        boolean isStream = response.status() == 200
                && response.headers().firstValue("Content-Type").filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")).isPresent();
        if (!isStream) {
            return read(response.whole(), model, most);
        }
        try {
            Optional<JsonNode> whole = streamed.read(response.body());
            EgressResponse head = new EgressResponse(200, response.headers(), "");
            return whole.map(body -> answer(head, body, model, streamed.soFar()))
                    .orElseGet(() -> Attempt.failed(faults.brokenOff(), Outcome.FAILED, streamed.soFar()));
        } catch (NoAnswer e) {
            return Attempt.failed(faults.malformed(), Outcome.FAILED, streamed.soFar());
        }
    }

    /** Some servers put their error into a list. */
    static Optional<JsonNode> parsed(String text) {
        try {
            JsonNode body = JSON.readTree(text);
            JsonNode first = body.path(0);
            return Optional.of(first.path("error").isObject() ? first : body).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** An error is not charged. */
    private Attempt<Reply> refusal(EgressResponse response, Optional<Problem> problem, String model) {
        int status = response.status();
        boolean isRefused = status >= 400 && status < 500;
        if (status < 400) {
            return Attempt.failed(faults.malformed(), Outcome.FAILED, Amount.NONE);
        }
        if (status == 407 || status == 511 || isRefused && status != 429 && problem.isEmpty()) {
            return Attempt.failed(faults.intercepted(status), Outcome.FAILED, Amount.NONE);
        }
        Problem said = problem.orElse(NOTHING_SAID);
        if ((status == 400 || status == 422) && said.isAbout(FILTERED)) {
            return new Attempt<>(new Reply("", Reply.Finish.REFUSED, "content_filter", model, Amount.NONE, List.of(), false), null, null, Outcome.REFUSED, Amount.NONE);
        }
        String refused = status == 400 || status == 422 ? said.refusedParameter(provider.optional()).orElse(null) : null;
        return new Attempt<>(null, fault(response, status, said, model), refused, isRefused ? Outcome.REFUSED : Outcome.FAILED, Amount.NONE);
    }

    private Attempt<Reply> answer(EgressResponse response, JsonNode body, String model, Amount most) {
        try {
            if (StreamedAnswer.isError(body)) {
                throw new NoAnswer();
            }
            Reply reply = provider.read(body);
            Amount used = reply.used() == null ? most : reply.used();
            return reply.finish() == Reply.Finish.BROKEN ? Attempt.failed(faults.brokenOff(), Outcome.FAILED, used) : new Attempt<>(reply, null, null, Outcome.OK, used);
        } catch (NoAnswer e) {
            ServiceFault fault = Problem.of(body).map(problem -> fault(response, problem.status() == 0 ? 200 : problem.status(), problem, model))
                    .orElseGet(faults::malformed);
            return Attempt.failed(fault, Outcome.FAILED, most);
        }
    }

    private ServiceFault fault(EgressResponse response, int status, Problem problem, String model) {
        return faults.of(Blame.of(status, problem), status, problem, model, response, clock.instant());
    }
}
