package social.coral.models;

import org.jspecify.annotations.Nullable;
import social.coral.usage.Amount;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The chunks of chat completions, of OpenAI and of Perplexity's earlier interface, which adds its sources to the last ones. */
final class ChatPieces extends Pieces {

    private static final String THOUGHT = "<think>";
    private static final String THOUGHT_END = "</think>";

    private final int units;
    private final StringBuilder refusal = new StringBuilder();
    private final ObjectNode whole = JSON.createObjectNode();
    private String finish = "";
    private boolean done;
    private boolean isShown;
    private boolean hasThought;
    private boolean hasTakenBack;
    private int shown;

    /** @param units what a call is charged beside its tokens */
    ChatPieces(int units) {
        this.units = units;
    }

    @Override
    String add(JsonNode event) {
        for (String name : new String[] {"model", "usage", "citations", "search_results"}) {
            JsonNode value = event.path(name);
            if (value.isString() || value.isObject() || value.isArray() && !value.isEmpty()) {
                whole.set(name, value);
            }
        }
        JsonNode choice = event.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        int before = builder().length();
        wrote(OpenAiChat.content(delta.path("content")), true);
        String refused = Reply.text(delta.path("refusal"));
        wrote(refused, false);
        if (refusal.isEmpty()) {
            refusal.append(refused);
        }
        wrote(Reply.text(delta.path("reasoning_content")), false);
        String ends = Reply.text(choice.path("finish_reason"));
        finish = ends.isEmpty() ? finish : ends;
        return newlyShown(before);
    }

    /** Where the prompt opens the thought, only its end is marked: it was shown like an answer, and is taken back. */
    @Override
    boolean hasTakenBack() {
        return hasTakenBack;
    }

    /** What a model thinks aloud before its answer is not shown. */
    private String newlyShown(int before) {
        StringBuilder text = builder();
        if (!isShown) {
            int start = 0;
            while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
                start++;
            }
            String beginning = text.substring(start, Math.min(text.length(), start + THOUGHT.length()));
            if (beginning.equals(THOUGHT)) {
                int end = text.indexOf(THOUGHT_END, Math.max(0, before - THOUGHT_END.length()));
                isShown = end >= 0;
                hasThought = isShown;
                shown = end + THOUGHT_END.length();
            } else {
                isShown = !THOUGHT.startsWith(beginning);
            }
        }
        hasTakenBack = isShown && !hasThought && endsThought(text, before);
        if (!isShown) {
            return "";
        }
        String added = text.substring(shown);
        shown = text.length();
        return added;
    }

    /** Looks for the first mark of a thought; a later one is part of the answer. */
    private boolean endsThought(StringBuilder text, int before) {
        int end = text.indexOf(THOUGHT_END, Math.max(0, before - THOUGHT_END.length()));
        int begin = text.indexOf(THOUGHT, Math.max(0, before - THOUGHT.length()));
        hasThought = end >= 0 || begin >= 0;
        boolean ends = end >= 0 && (begin < 0 || begin > end);
        if (ends) {
            shown = end + THOUGHT_END.length();
        }
        return ends;
    }

    @Override
    void done() {
        done = true;
    }

    @Override
    boolean isComplete() {
        return done && !finish.isEmpty();
    }

    /** Some servers close the stream instead of marking its end; their figures come last. */
    @Override
    boolean isCompleteAtEnd() {
        return !finish.isEmpty() && said() != null;
    }

    @Override
    JsonNode whole() {
        ObjectNode choice = JSON.createObjectNode().put("finish_reason", finish);
        choice.putObject("message").put("content", text()).put("refusal", refusal.toString());
        whole.putArray("choices").add(choice);
        return whole;
    }

    @Override
    @Nullable Amount said() {
        Amount used = OpenAiChat.used(whole.path("usage"));
        return used == null ? null : used.plus(Amount.units(units));
    }

    @Override
    boolean hasCountedOutput() {
        return said() != null;
    }
}
