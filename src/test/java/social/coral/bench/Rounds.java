package social.coral.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Several ways of doing the same, measured in turn and in several rounds, so that whatever else the machine does meanwhile
 * hits all of them alike. The first round warms up and counts for nothing. A ratio is the median of those within each round.
 */
final class Rounds {

    /** Does its work for so long and tells how often a second it did it. */
    interface Way {
        double perSecond(Duration time);
    }

    private record Measured(Way way, List<Double> rates) {}

    private final Map<String, Measured> ways = new LinkedHashMap<>();

    Rounds with(String name, Way way) {
        ways.put(name, new Measured(way, new ArrayList<>()));
        return this;
    }

    void measure(int rounds, Duration each) {
        ways.values().forEach(measured -> measured.way().perSecond(each));
        for (int round = 0; round < rounds; round++) {
            ways.values().forEach(measured -> measured.rates().add(measured.way().perSecond(each)));
        }
    }

    boolean has(String name) {
        return ways.containsKey(name);
    }

    double median(String name) {
        return median(of(name));
    }

    double ratio(String name, String to) {
        List<Double> these = of(name);
        List<Double> those = of(to);
        return median(IntStream.range(0, these.size()).mapToObj(round -> these.get(round) / those.get(round)).toList());
    }

    private List<Double> of(String name) {
        Measured measured = ways.get(name);
        return measured == null ? List.of() : measured.rates();
    }

    private static double median(List<Double> numbers) {
        List<Double> sorted = numbers.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
