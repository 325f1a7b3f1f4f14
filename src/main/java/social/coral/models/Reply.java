package social.coral.models;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import social.coral.usage.Amount;
import tools.jackson.databind.JsonNode;

/**
 * What a provider answered, before it is judged.
 *
 * @param reason the provider's own word for why it ended
 * @param used null where the provider does not say
 * @param cites whether markers in the text refer to the sources
 */
record Reply(String text, Finish finish, String reason, String model, @Nullable Amount used, List<Source> sources, boolean cites) {

    /** Why an answer ended. */
    enum Finish {
        COMPLETE,
        LENGTH,
        REFUSED;

        /** Providers add words; one that is not known here ends an answer like any other. */
        static Finish of(String reason) {
            return switch (reason.toLowerCase(Locale.ROOT)) {
                case "length", "max_tokens", "max_output_tokens", "model_context_window_exceeded", "model_length", "incomplete" -> LENGTH;
                case "content_filter", "refusal", "safety", "recitation", "prohibited_content" -> REFUSED;
                default -> COMPLETE;
            };
        }
    }

    /** Reads a text that may be missing. */
    static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }

    /** Reads a count that may be missing, or nonsense. */
    static int count(JsonNode node) {
        return node.isNumber() ? (int) Math.clamp(node.asDouble(), 0, Integer.MAX_VALUE) : 0;
    }

    /** Returns an amount even from counts that contradict each other, as those of gateways do. */
    static Amount amount(int units, int input, int cached, int output, int reasoning) {
        return new Amount(units, input, Math.min(cached, input), output, Math.min(reasoning, output));
    }
}
