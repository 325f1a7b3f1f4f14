package social.coral.models;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import social.coral.usage.Amount;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Puts an answer together from the events of its stream, in the shape that the provider would have sent it in as a whole. */
abstract class Pieces {

    static final JsonMapper JSON = new JsonMapper();

    private final StringBuilder text = new StringBuilder();
    private long written;

    /** Takes the next event in, and returns the part of it that may be shown. */
    abstract String add(JsonNode event);

    /** Reports whether the last event told that what was shown before is no part of the answer. */
    boolean hasTakenBack() {
        return false;
    }

    /** The provider's mark that no event follows. */
    void done() {}

    /** Reports whether nothing of the answer is missing. */
    abstract boolean isComplete();

    /** Reports the same of a stream that has ended without a mark of it. */
    boolean isCompleteAtEnd() {
        return isComplete();
    }

    abstract JsonNode whole();

    /** What the provider has said so far that was used; null as long as it says nothing. */
    abstract @Nullable Amount said();

    /** Reports whether what it has said includes what it has written so far. */
    abstract boolean hasCountedOutput();

    /** Counts what the model wrote, and keeps what is part of the answer; more than an answer may have is not kept, so that it is refused for its length. */
    final void wrote(String part, boolean isAnswer) {
        written += part.getBytes(StandardCharsets.UTF_8).length;
        if (isAnswer && text.length() <= ModelClient.MAX_TEXT_LENGTH) {
            text.append(part);
        }
    }

    final String text() {
        return text.toString();
    }

    final StringBuilder builder() {
        return text;
    }

    /**
     * Returns what the call has used so far: by the provider's figures where it has given them. What it has read is otherwise taken to be the
     * most, and of what it has written each byte that came is counted, since a token has at least one.
     */
    Amount soFar(Amount most) {
        Amount said = said();
        Amount read = said == null ? most : said;
        long output = said != null && hasCountedOutput() ? said.outputTokens() : Math.max(written, said == null ? 0 : said.outputTokens());
        return new Amount(read.units(), read.inputTokens(), read.cachedTokens(), (int) Math.min(output, most.outputTokens()),
                said != null && hasCountedOutput() ? Math.min(said.reasoningTokens(), most.outputTokens()) : 0).atMost(most);
    }
}
