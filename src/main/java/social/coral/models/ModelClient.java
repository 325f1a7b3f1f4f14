package social.coral.models;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import social.coral.api.StorableText;
import social.coral.services.ServiceFault;
import social.coral.usage.Amount;
import tools.jackson.databind.JsonNode;

/** A model that judges its answers: one that was cut off is asked for once more with more room, a wrong value is repaired by one call at most. */
final class ModelClient {

    static final int MAX_TEXT_LENGTH = 400_000;
    private static final Instructions REPAIR = Instructions.of("The material is the answer of a model. It should have been one JSON value that fits the schema below,"
            + " and is not. Answer with the value that it was meant to be. Add nothing that the answer does not say.");

    private final ModelCalls calls;

    ModelClient(ModelCalls calls) {
        this.calls = calls;
    }

    Answer answer(Prompt prompt, Draft draft) {
        Judged judged = judged(prompt, draft, Amount.NONE);
        if (!calls.mayAskAgain()) {
            return judged.answer();
        }
        int room = prompt.parameters().outputTokens();
        if (judged.answer() instanceof Answer.Truncated && room < ModelParameters.MAX_OUTPUT_TOKENS) {
            judged = withMoreRoom(prompt.with(prompt.parameters().withOutputTokens(room * 2)), draft, judged);
        }
        JsonSchema schema = prompt.schema();
        return schema != null && judged.answer() instanceof Answer.Invalid invalid ? repaired(prompt, schema, judged.text(), invalid) : judged.answer();
    }

    /** A model may have less room than that; then the answer stays cut off. */
    private Judged withMoreRoom(Prompt prompt, Draft draft, Judged cut) {
        try {
            return judged(prompt, draft, cut.answer().details().used());
        } catch (ServiceFault.BadRequest e) {
            return cut;
        }
    }

    private Answer repaired(Prompt prompt, JsonSchema schema, String text, Answer.Invalid invalid) {
        if (text.length() > Material.MAX_LENGTH) {
            return invalid;
        }
        Prompt repair = new Prompt(REPAIR, List.of(new Material(Material.Kind.ANSWER_OF_A_MODEL, "", text)), prompt.parameters(), schema);
        Answer answer = judged(repair, Draft.UNSEEN, invalid.details().used()).answer();
        return answer instanceof Answer.Json json ? new Answer.Json(json.value(), withSources(json.details(), invalid.details()))
                : new Answer.Invalid(invalid.reason(), answer.details());
    }

    /** A repair finds no sources; those of the answer hold. */
    private static Answer.Details withSources(Answer.Details repair, Answer.Details first) {
        return new Answer.Details(first.model(), repair.finish(), repair.used(), first.sources(), repair.leftOut(), repair.removedMarkers());
    }

    private record Judged(Answer answer, String text) {}

    private Judged judged(Prompt prompt, Draft draft, Amount usedBefore) {
        ModelCalls.Asked asked = calls.ask(prompt, draft);
        Reply reply = asked.reply();
        Set<Integer> removed = new HashSet<>();
        UnaryOperator<String> clean = text -> StorableText.truncate(
                reply.cites() ? Sources.withTrueMarkers(text, reply.sources(), removed) : text, MAX_TEXT_LENGTH);
        Optional<JsonNode> value = prompt.schema() == null ? Optional.empty() : JsonValues.of(reply.text()).map(json -> JsonValues.withTexts(json, clean));
        String text = prompt.schema() == null ? clean.apply(reply.text()).strip() : reply.text().strip();
        Answer.Details details = new Answer.Details(reply.model(), reply.reason(), usedBefore.plus(asked.used()), reply.sources(), leftOut(prompt), removed);
        return new Judged(answer(prompt, reply, text, value, details), text);
    }

    private static Answer answer(Prompt prompt, Reply reply, String text, Optional<JsonNode> value, Answer.Details details) {
        return switch (reply.finish()) {
            case REFUSED -> new Answer.Refused(details);
            case LENGTH -> new Answer.Truncated(details);
            case BROKEN, UNKNOWN -> new Answer.Unfinished(details);
            case COMPLETE -> {
                if (text.isBlank()) {
                    yield new Answer.Empty(details);
                }
                if (prompt.schema() != null) {
                    yield json(prompt.schema(), value, details);
                }
                yield reply.text().length() > MAX_TEXT_LENGTH ? new Answer.Invalid("the text is too long", details) : new Answer.Text(text, details);
            }
        };
    }

    private static Answer json(JsonSchema schema, Optional<JsonNode> value, Answer.Details details) {
        if (value.isEmpty()) {
            return new Answer.Invalid("it is not one JSON value", details);
        }
        String reasons = schema.reasons(value.get());
        return reasons.isEmpty() ? new Answer.Json(value.get(), details) : new Answer.Invalid("it does not fit the schema: " + reasons, details);
    }

    private Set<String> leftOut(Prompt prompt) {
        Double temperature = prompt.parameters().temperature();
        boolean isLeftOut = temperature != null && (temperature > calls.maxTemperature() || calls.refused(prompt).contains("temperature"));
        return isLeftOut ? Set.of("temperature") : Set.of();
    }
}
