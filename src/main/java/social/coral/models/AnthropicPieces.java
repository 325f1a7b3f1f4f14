package social.coral.models;

import org.jspecify.annotations.Nullable;
import social.coral.usage.Amount;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The events of Anthropic's stream: what was read is counted in the first, what was written in the last but one. */
final class AnthropicPieces extends Pieces {

    private final ObjectNode whole = JSON.createObjectNode();
    private final ObjectNode usage = JSON.createObjectNode();
    private boolean counted;
    private boolean stopped;

    @Override
    String add(JsonNode event) {
        switch (Reply.text(event.path("type"))) {
            case "message_start" -> {
                whole.put("model", Reply.text(event.path("message").path("model")));
                count(event.path("message").path("usage"));
            }
            case "content_block_start" -> {
                return block(event.path("content_block"));
            }
            case "content_block_delta" -> {
                return block(event.path("delta"));
            }
            case "message_delta" -> {
                whole.put("stop_reason", Reply.text(event.path("delta").path("stop_reason")));
                counted = event.path("usage").path("output_tokens").isNumber();
                count(event.path("usage"));
            }
            case "message_stop" -> stopped = true;
            default -> {}
        }
        return "";
    }

    private String block(JsonNode part) {
        String type = Reply.text(part.path("type"));
        boolean isAnswer = type.equals("text") || type.equals("text_delta");
        String text = Reply.text(part.path(isAnswer ? "text" : "thinking"));
        wrote(text, isAnswer);
        return isAnswer ? text : "";
    }

    private void count(JsonNode figures) {
        figures.propertyStream().filter(figure -> figure.getValue().isNumber()).forEach(figure -> usage.set(figure.getKey(), figure.getValue()));
    }

    @Override
    boolean isComplete() {
        return stopped && whole.has("stop_reason");
    }

    @Override
    JsonNode whole() {
        whole.putArray("content").add(JSON.createObjectNode().put("type", "text").put("text", text()));
        whole.set("usage", usage);
        return whole;
    }

    @Override
    @Nullable Amount said() {
        return AnthropicMessages.used(usage);
    }

    @Override
    boolean hasCountedOutput() {
        return counted;
    }
}
