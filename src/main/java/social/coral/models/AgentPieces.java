package social.coral.models;

import org.jspecify.annotations.Nullable;
import social.coral.usage.Amount;
import tools.jackson.databind.JsonNode;

/** The events of Perplexity's agent API, whose last one holds the whole answer; or the chunks of its earlier interface. */
final class AgentPieces extends Pieces {

    private final ChatPieces earlier = new ChatPieces(1);
    private boolean isEarlier;
    private @Nullable JsonNode whole;

    @Override
    String add(JsonNode event) {
        isEarlier |= event.path("choices").isArray();
        if (isEarlier) {
            return earlier.add(event);
        }
        String type = Reply.text(event.path("type"));
        if (event.path("response").isObject() && type.matches("response\\.(completed|incomplete|failed|cancelled)")) {
            whole = event.path("response");
        }
        boolean isAnswer = type.equals("response.output_text.delta");
        boolean isWritten = isAnswer || type.startsWith("response.reasoning") && type.endsWith(".delta");
        String text = isWritten ? Reply.text(event.path("delta")) : "";
        wrote(text, isAnswer);
        return isAnswer ? text : "";
    }

    @Override
    boolean hasTakenBack() {
        return earlier.hasTakenBack();
    }

    @Override
    void done() {
        earlier.done();
    }

    @Override
    boolean isComplete() {
        return isEarlier ? earlier.isComplete() : whole != null;
    }

    @Override
    boolean isCompleteAtEnd() {
        return isEarlier ? earlier.isCompleteAtEnd() : whole != null;
    }

    @Override
    JsonNode whole() {
        return whole == null ? earlier.whole() : whole;
    }

    @Override
    @Nullable Amount said() {
        return isEarlier ? earlier.said() : null;
    }

    @Override
    boolean hasCountedOutput() {
        return isEarlier && earlier.hasCountedOutput();
    }

    @Override
    Amount soFar(Amount most) {
        return isEarlier ? earlier.soFar(most) : super.soFar(most);
    }
}
