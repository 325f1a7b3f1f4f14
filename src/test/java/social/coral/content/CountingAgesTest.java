package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a published post is counted. */
class CountingAgesTest {

    private static final Instant PUBLISHED = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void aPostIsCountedHourlyThenDailyThenWeeklyThenMonthlyAndNeverAfterNinetyDays() {
        List<Duration> ages = new ArrayList<>();
        for (Instant at = CountingAges.next(PUBLISHED, PUBLISHED); at != null; at = CountingAges.next(PUBLISHED, at)) {
            ages.add(Duration.between(PUBLISHED, at));
        }
        assertThat(ages).hasSize(35).isSorted();
        assertThat(ages.stream().filter(age -> age.compareTo(Duration.ofDays(1)) <= 0)).hasSize(24).endsWith(Duration.ofDays(1));
        assertThat(ages.subList(24, 35)).containsExactly(Duration.ofDays(2), Duration.ofDays(3), Duration.ofDays(4), Duration.ofDays(5), Duration.ofDays(6), Duration.ofDays(7),
                Duration.ofDays(14), Duration.ofDays(21), Duration.ofDays(28), Duration.ofDays(58), Duration.ofDays(90));
        assertThat(CountingAges.next(PUBLISHED, PUBLISHED.plus(Duration.ofDays(400)))).isNull();
    }

    @Test
    void whatIsCountedLateBelongsToTheLastAgeThatThePostHasReached() {
        assertThat(CountingAges.number(PUBLISHED, PUBLISHED.plusSeconds(59 * 60))).isZero();
        assertThat(CountingAges.number(PUBLISHED, PUBLISHED.plus(Duration.ofMinutes(230)))).isEqualTo(3);
        assertThat(CountingAges.next(PUBLISHED, PUBLISHED.plus(Duration.ofMinutes(230)))).isEqualTo(PUBLISHED.plus(Duration.ofHours(4)));
        assertThat(CountingAges.number(PUBLISHED, PUBLISHED.plus(Duration.ofDays(400)))).isEqualTo(35);
        assertThat(CountingAges.number(PUBLISHED, PUBLISHED.minusSeconds(5))).as("the clocks differ").isZero();
    }
}
