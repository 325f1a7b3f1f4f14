package social.coral.web.frame;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;

/** One of the values that a filter offers. */
public record Option(String value, String label) {

    /** Values, each followed by its label. */
    public static List<Option> list(String... valuesAndLabels) {
        return IntStream.range(0, valuesAndLabels.length / 2)
                .mapToObj(i -> new Option(valuesAndLabels[2 * i], valuesAndLabels[2 * i + 1]))
                .toList();
    }

    /** Returns the chosen value, or an empty text for none; a value that is not offered is a failure of the field. */
    public static String chosen(String field, @Nullable String value, List<Option> offered) {
        String chosen = value == null ? "" : value.strip();
        if (!chosen.isEmpty() && offered.stream().noneMatch(option -> option.value().equals(chosen))) {
            throw Failure.invalid(field, "“" + chosen + "” is not one of the choices. Choose another.");
        }
        return chosen;
    }

    /** Labels under their values. */
    public static List<Option> list(Map<String, String> labels) {
        return labels.entrySet().stream().map(label -> new Option(label.getKey(), label.getValue())).toList();
    }
}
