package social.coral.models;

import java.util.List;
import java.util.Set;
import social.coral.usage.Amount;
import tools.jackson.databind.JsonNode;

/**
 * What a model answered, judged. Only {@link Text} and {@link Json} hold something to use; the other ends hold nothing of the answer,
 * so that no part of it, and no error, can be taken for one.
 */
public sealed interface Answer {

    Details details();

    /** What there is of it to read, for a person. */
    default String shown() {
        return switch (this) {
            case Text text -> text.text();
            case Json json -> json.value().toPrettyString();
            case Empty empty -> "Nothing";
            case Truncated truncated -> "Nothing whole: it was longer than allowed.";
            case Refused refused -> "It declined to answer.";
            case Unfinished unfinished -> "Nothing whole: it broke off.";
            case Invalid invalid -> "Nothing of use: " + invalid.reason() + ".";
        };
    }

    /**
     * What the provider says of an answer.
     *
     * @param model the model that answered, by its own word
     * @param finish why it ended, in the provider's word
     * @param used what all calls for this answer used
     * @param leftOut parameters that the model did not take as they were asked for
     * @param removedMarkers markers such as {@code [13]} that led to no source and were removed
     */
    record Details(String model, String finish, Amount used, List<Source> sources, Set<String> leftOut, Set<Integer> removedMarkers) {

        public Details {
            sources = List.copyOf(sources);
            leftOut = Set.copyOf(leftOut);
            removedMarkers = Set.copyOf(removedMarkers);
        }
    }

    /** An answer in words: complete, and not blank. */
    record Text(String text, Details details) implements Answer {}

    /** A value that fits the schema asked for. */
    record Json(JsonNode value, Details details) implements Answer {}

    /** The model said nothing. */
    record Empty(Details details) implements Answer {}

    /** The answer was longer than allowed, also after one more call with more room. */
    record Truncated(Details details) implements Answer {}

    /** The model or a filter of its provider declined; the same question is not asked again. */
    record Refused(Details details) implements Answer {}

    /** The answer ended for a reason that is not known here, or for none, so nobody knows whether something is missing. */
    record Unfinished(Details details) implements Answer {}

    /**
     * The answer is not what was asked for, also after one call to repair it.
     *
     * @param reason why, without words of the answer
     */
    record Invalid(String reason, Details details) implements Answer {}
}
