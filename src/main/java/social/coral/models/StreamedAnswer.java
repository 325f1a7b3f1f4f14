package social.coral.models;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import social.coral.usage.Amount;
import tools.jackson.databind.JsonNode;

/** An answer that is shown while it arrives. It is put together as the whole that it would have been, and is judged as that. */
final class StreamedAnswer {

    private static final String END = "[DONE]";

    private final Pieces pieces;
    private final Draft draft;
    private final Amount most;

    StreamedAnswer(Pieces pieces, Draft draft, Amount most) {
        this.pieces = pieces;
        this.draft = draft;
        this.most = most;
    }

    /** Returns the whole, or the error that came in its place; empty when the stream ended before its last event. */
    Optional<JsonNode> read(InputStream body) throws IOException {
        EventStream events = new EventStream(body);
        for (String data = events.next(); data != null; data = events.next()) {
            if (data.strip().equals(END)) {
                pieces.done();
                return pieces.isComplete() ? Optional.of(pieces.whole()) : Optional.empty();
            }
            JsonNode event = Responses.parsed(data).orElseThrow(NoAnswer::new);
            if (isError(event)) {
                return Optional.of(event);
            }
            String added = added(event);
            if (pieces.hasTakenBack()) {
                draft.begun();
            }
            if (!added.isEmpty()) {
                draft.added(added);
            }
            if (pieces.isComplete()) {
                return Optional.of(pieces.whole());
            }
        }
        return pieces.isCompleteAtEnd() ? Optional.of(pieces.whole()) : Optional.empty();
    }

    private synchronized String added(JsonNode event) {
        return pieces.add(event);
    }

    static boolean isError(JsonNode body) {
        return body.path("choices").path(0).path("error").isObject() || body.path("error").isObject() || body.path("error").isString() || "error".equals(Reply.text(body.path("type")));
    }

    /** What the call has used so far; also while it is read on another thread. */
    synchronized Amount soFar() {
        return pieces.soFar(most);
    }
}
