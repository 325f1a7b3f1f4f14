package social.coral.models;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the JSON value in an answer: as it is, or without the fence around it. Half a value is none. */
final class JsonValues {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_LENGTH = 200_000;
    private static final String FENCE = "```";
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxDocumentLength(MAX_LENGTH).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private JsonValues() {}

    static Optional<JsonNode> of(String answer) {
        String text = answer.strip();
        String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return parsed(unmarked).or(() -> Optional.ofNullable(withoutFence(unmarked)).flatMap(JsonValues::parsed));
    }

    /** Returns what is between the first line that opens a fence and the last one that closes it, or the end; null without a fence. */
    private static @Nullable String withoutFence(String text) {
        int opening = text.startsWith(FENCE) ? 0 : text.indexOf("\n" + FENCE);
        int start = opening < 0 ? -1 : text.indexOf('\n', opening + 1);
        if (start < 0) {
            return null;
        }
        int end = text.lastIndexOf("\n" + FENCE);
        return text.substring(start, end > start ? end : text.length());
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.of(JSON.readTree(text)).filter(value -> !value.isMissingNode());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Returns the value with each of its texts changed. */
    static JsonNode withTexts(JsonNode value, UnaryOperator<String> change) {
        return switch (value) {
            case ObjectNode object -> {
                ObjectNode changed = JSON.createObjectNode();
                object.propertyStream().forEach(field -> changed.set(field.getKey(), withTexts(field.getValue(), change)));
                yield changed;
            }
            case ArrayNode array -> {
                ArrayNode changed = JSON.createArrayNode();
                array.forEach(item -> changed.add(withTexts(item, change)));
                yield changed;
            }
            default -> value.isString() ? JSON.getNodeFactory().stringNode(change.apply(value.stringValue())) : value;
        };
    }
}
