package social.coral.web.frame;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One of the values that a filter offers. */
public record Option(String value, String label) {

    /** Values, each followed by its label. */
    public static List<Option> list(String... valuesAndLabels) {
        return IntStream.range(0, valuesAndLabels.length / 2)
                .mapToObj(i -> new Option(valuesAndLabels[2 * i], valuesAndLabels[2 * i + 1]))
                .toList();
    }

    /** Labels under their values. */
    public static List<Option> list(Map<String, String> labels) {
        return labels.entrySet().stream().map(label -> new Option(label.getKey(), label.getValue())).toList();
    }
}
