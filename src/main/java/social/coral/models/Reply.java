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

    private static final int MAX_COUNT = 1_000_000_000;

    Reply {
        if (used != null && used.outputTokens() == 0 && !text.isBlank()) {
            used = null;
        }
    }

    /** Why an answer ended. */
    enum Finish {
        COMPLETE,
        LENGTH,
        REFUSED,
        /** The provider broke off; another try may bring the whole. */
        BROKEN,
        /** The provider gives no reason, or one that is not known here, so nobody knows whether something is missing. */
        UNKNOWN;

        /** Providers add words. Only those that are known to end a whole answer do. */
        static Finish of(String reason) {
            return switch (reason.toLowerCase(Locale.ROOT)) {
                case "stop", "end_turn", "stop_sequence", "eos", "eos_token", "tool_calls", "tool_use", "function_call", "complete", "completed" -> COMPLETE;
                case "length", "max_tokens", "max_output_tokens", "model_context_window_exceeded", "model_length", "incomplete" -> LENGTH;
                case "content_filter", "content_filtered", "refusal", "safety", "recitation", "prohibited_content", "blocklist", "spii" -> REFUSED;
                case "error", "abort", "aborted", "cancelled", "insufficient_system_resource" -> BROKEN;
                default -> UNKNOWN;
            };
        }
    }

    /** Reads a text that may be missing. */
    static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }

    /** Reads a count that may be missing, or nonsense. */
    static int count(JsonNode node) {
        return isCount(node) ? (int) node.asDouble() : 0;
    }

    private static boolean isCount(JsonNode node) {
        return node.isNumber() && node.asDouble() >= 0 && node.asDouble() <= MAX_COUNT;
    }

    /**
     * Returns an amount even from counts that contradict each other, as those of gateways do; null if they are none, since no prompt is without
     * tokens. Some count what a model wrote for itself beside the output and not in it: then it is more than the output, or the total tells.
     *
     * @param total the node of the sum of what was read and written, which may be missing
     */
    static @Nullable Amount amount(int units, int input, int cached, JsonNode output, int reasoning, JsonNode total) {
        if (input <= 0 || !isCount(output)) {
            return null;
        }
        int written = count(output);
        boolean isBeside = reasoning > written || reasoning > 0 && count(total) == (long) input + written + reasoning;
        return new Amount(units, input, Math.min(cached, input), isBeside ? written + reasoning : written, reasoning);
    }
}
