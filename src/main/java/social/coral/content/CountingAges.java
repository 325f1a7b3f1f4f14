package social.coral.content;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ages at which a published post is counted: each hour of its first day, each day of its first week, each week of its first month, then
 * monthly until it is 90 days old, and never again. An age that nobody counted at is left out of its series.
 */
final class CountingAges {

    /** Until when a post is counted. */
    static final Duration LAST = Duration.ofDays(90);

    /** The first has number 1; number 0 is what a post came with. */
    private static final List<Duration> AGES = Stream.of(
                    IntStream.rangeClosed(1, 24).mapToObj(Duration::ofHours),
                    IntStream.rangeClosed(2, 7).mapToObj(Duration::ofDays),
                    Stream.of(14, 21, 28, 58).map(Duration::ofDays),
                    Stream.of(LAST))
            .flatMap(ages -> ages).toList();

    private CountingAges() {}

    /** Returns the age with a number above 0. */
    static Duration age(int number) {
        return AGES.get(Math.min(number, AGES.size()) - 1);
    }

    /** Returns the number of the last age that a post has reached; 0 for one that is younger than the first. */
    static int number(Instant publishedAt, Instant now) {
        Duration age = Duration.between(publishedAt, now);
        return (int) AGES.stream().filter(reached -> reached.compareTo(age) <= 0).count();
    }

    /** Returns when a post that was counted now is due again; null for never. */
    static @Nullable Instant next(Instant publishedAt, Instant now) {
        int number = number(publishedAt, now);
        return number == AGES.size() ? null : publishedAt.plus(AGES.get(number));
    }
}
