package social.coral.sandbox;

import java.util.ArrayList;
import java.util.List;

/** The trending topics of a day: three of those that more than one author knows. */
final class Trends {

    private static final int A_DAY = 3;
    private static final long DAY = 86_400_000L;

    private final List<String> topics;

    Trends(Authors authors) {
        this.topics = authors.active().stream()
                .flatMap(author -> author.topics().stream().map(Topic::key))
                .sorted()
                .toList();
    }

    /** Returns the topics of this time's UTC day. A topic that more authors know is picked more often. */
    List<String> at(long epochMilli) {
        Dice dice = Dice.of(Math.floorDiv(epochMilli, DAY), 77);
        List<String> chosen = new ArrayList<>();
        while (chosen.size() < A_DAY) {
            String topic = dice.pick(topics);
            if (!chosen.contains(topic)) {
                chosen.add(topic);
            }
        }
        return chosen;
    }
}
