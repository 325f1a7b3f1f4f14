package social.coral.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 9, 1);
    private static final int MONTHS = 400;

    @Test
    void daysThatCostTheSameGiveTheMonthExactlyAndTooFewDaysGiveNothing() {
        List<Usage.ByDay> days = days(LongStream.generate(() -> 2_000).limit(10).toArray());
        assertThat(Forecast.of(days, FIRST.plusDays(9))).hasValue(new Forecast(60_000, 60_000, 60_000, 9));
        assertThat(Forecast.of(days.subList(0, 3), FIRST.plusDays(2))).isEmpty();
        assertThat(Forecast.of(List.of(), FIRST)).isEmpty();
    }

    @Test
    void itNeverSaysLessThanWhatIsSpentAndCountsDaysWithoutCallsSinceTheFirst() {
        assertThat(Forecast.of(days(0, 0, 0, 9_000_000), FIRST.plusDays(3))).hasValueSatisfying(forecast ->
                assertThat(forecast.low()).isGreaterThanOrEqualTo(9_000_000).isLessThanOrEqualTo(forecast.microUsd()));
        List<Usage.ByDay> gaps = List.of(new Usage.ByDay(FIRST, 1, 3_000), new Usage.ByDay(FIRST.plusDays(2), 1, 3_000));
        assertThat(Forecast.of(gaps, FIRST.plusDays(4))).hasValueSatisfying(forecast -> {
            assertThat(forecast.days()).isEqualTo(4);
            assertThat(forecast.microUsd()).isEqualTo(6_000 + 26 * 1_500);
        });
    }

    /** 400 months with busy and quiet days, each forecast on its 8th, 15th and 22nd. */
    @Test
    void theTrueSumOfTheMonthIsInTheBandAboutFourTimesInFive() {
        Random random = new Random(12);
        int within = 0;
        Map<Integer, List<Double>> errors = new TreeMap<>();
        for (int month = 0; month < MONTHS; month++) {
            long[] costs = random.doubles(30).mapToLong(chance -> chance < 0.3 ? 0 : Math.round(100_000 * -Math.log(1 - chance))).toArray();
            long sum = LongStream.of(costs).sum();
            for (int today : List.of(8, 15, 22)) {
                List<Usage.ByDay> soFar = new ArrayList<>(days(costs).subList(0, today - 1));
                soFar.add(new Usage.ByDay(FIRST.plusDays(today - 1), 1, costs[today - 1] / 2));
                Forecast forecast = Forecast.of(soFar, FIRST.plusDays(today - 1)).orElseThrow();
                within += forecast.low() <= sum && sum <= forecast.high() ? 1 : 0;
                errors.computeIfAbsent(today, day -> new ArrayList<>()).add(Math.abs(forecast.microUsd() - sum) / (double) sum);
            }
        }
        errors.values().forEach(Collections::sort);
        errors.forEach((day, sorted) -> System.out.printf("on day %d of %d random months off by %.0f %% in the median and %.0f %% at most%n",
                day, MONTHS, 100 * sorted.get(MONTHS / 2), 100 * sorted.getLast()));
        System.out.printf("the sum was in the band in %.0f %% of %d forecasts%n", 100.0 * within / (3 * MONTHS), 3 * MONTHS);
        assertThat((double) within / (3 * MONTHS)).isBetween(0.72, 0.88);
    }

    private static List<Usage.ByDay> days(long... costs) {
        List<Usage.ByDay> days = new ArrayList<>();
        for (long cost : costs) {
            days.add(new Usage.ByDay(FIRST.plusDays(days.size()), 1, cost));
        }
        return days;
    }
}
