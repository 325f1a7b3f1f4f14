package social.coral.usage;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this month will cost if the days to come are like the last ones, in millionths of a US dollar.
 *
 * @param low the month costs less in about one of ten months
 * @param high the month costs more in about one of ten months
 * @param days how many full days it rests on
 */
public record Forecast(long microUsd, long low, long high, int days) {

    /** How far back it looks: four weeks, so that each day of the week counts as often. */
    static final int MAX_DAYS = 28;

    private static final int MIN_DAYS = 3;
    private static final double NORMAL_90 = 1.2816;

    /**
     * Takes each day to come, with the rest of today, to cost the average of the last full days since the first call. The band is
     * that of a sum of independent days: it widens with the days to come, and with how unsure the average of few days is.
     *
     * @param used the days with calls of the last {@value #MAX_DAYS} days at least, with today
     */
    static Optional<Forecast> of(List<Usage.ByDay> used, LocalDate today) {
        Map<LocalDate, Long> costs = used.stream().collect(Collectors.toMap(Usage.ByDay::day, Usage.ByDay::costMicroUsd, Long::sum));
        Optional<LocalDate> begin = costs.keySet().stream().filter(day -> !day.isBefore(today.minusDays(MAX_DAYS))).min(LocalDate::compareTo);
        long[] full = begin.stream().flatMap(first -> first.isBefore(today) ? first.datesUntil(today) : Stream.empty())
                .mapToLong(day -> costs.getOrDefault(day, 0L)).toArray();
        if (full.length < MIN_DAYS) {
            return Optional.empty();
        }
        long spent = costs.entrySet().stream().filter(day -> !day.getKey().isBefore(today.withDayOfMonth(1))).mapToLong(Map.Entry::getValue).sum();
        long spentToday = costs.getOrDefault(today, 0L);
        double mean = Arrays.stream(full).average().orElseThrow();
        double variance = Arrays.stream(full).mapToDouble(cost -> (cost - mean) * (cost - mean)).sum() / (full.length - 1);
        int toCome = today.lengthOfMonth() - today.getDayOfMonth();
        double expected = spent + Math.max(0, mean - spentToday) + toCome * mean;
        double open = toCome + 1.0;
        // Student's t at 90 %, which few days make wider; off by less than a twentieth.
        double band = (NORMAL_90 + 1.2 / (full.length - 1)) * Math.sqrt(variance * (open + open * open / full.length));
        return Optional.of(new Forecast(
                Math.round(expected), Math.max(spent, Math.round(expected - band)), Math.round(expected + band), full.length));
    }
}
