package social.coral.web.usage;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import social.coral.usage.Usage;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Times;

/**
 * A month's days as stacked bars, one colour for each service, in a drawing of {@value #STEP} for each day by {@value #HEIGHT}.
 *
 * @param measure what the bars show: costs, or calls in a month that cost nothing
 * @param highest the highest day's figure
 */
public record Chart(YearMonth month, String measure, String highest, List<String> services, List<Bar> bars) {

    private static final int STEP = 10;
    private static final int HEIGHT = 100;
    private static final int COLOURS = 4;
    /** What is there is seen. */
    private static final double MIN_HEIGHT = 1;

    public record Bar(int x, double y, double height, int colour, String title) {}

    static Chart of(YearMonth month, List<Usage.ByDayAndService> used) {
        boolean free = used.stream().allMatch(day -> day.costMicroUsd() == 0);
        List<String> services = used.stream().map(Usage.ByDayAndService::service).distinct().sorted().toList();
        Map<Integer, Long> sums = new HashMap<>();
        used.forEach(day -> sums.merge(day.day().getDayOfMonth(), amount(day, free), Long::sum));
        long highest = sums.values().stream().mapToLong(Long::longValue).max().orElse(0);
        Map<Integer, Double> tops = new HashMap<>();
        List<Bar> bars = new ArrayList<>();
        for (Usage.ByDayAndService day : used) {
            long amount = amount(day, free);
            if (amount > 0) {
                double height = Math.max(MIN_HEIGHT, HEIGHT * (double) amount / highest);
                double top = Math.max(0, tops.getOrDefault(day.day().getDayOfMonth(), (double) HEIGHT) - height);
                tops.put(day.day().getDayOfMonth(), top);
                bars.add(new Bar((day.day().getDayOfMonth() - 1) * STEP, top, height, services.indexOf(day.service()) % COLOURS,
                        Times.day(day.day()) + ", " + UsageWords.service(day.service()) + ": " + words(amount, free)));
            }
        }
        return new Chart(month, free ? "Calls" : "Cost", words(highest, free), services, bars);
    }

    private static long amount(Usage.ByDayAndService day, boolean free) {
        return free ? day.calls() : day.costMicroUsd();
    }

    private static String words(long amount, boolean free) {
        return free ? Figures.count(amount, "call", "calls") : Figures.money(amount);
    }

    public String viewBox() {
        return "0 0 " + month.lengthOfMonth() * STEP + " " + HEIGHT;
    }

    public int colour(String service) {
        return services.indexOf(service) % COLOURS;
    }
}
