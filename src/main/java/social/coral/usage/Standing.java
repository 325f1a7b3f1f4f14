package social.coral.usage;

import java.util.Comparator;
import java.util.List;

/**
 * Where the current tenant stands this month, in millionths of a US dollar.
 *
 * @param plan the name of its plan
 * @param openMicroUsd the most that calls can cost that are being made
 * @param limits each limit that applies to a period
 */
public record Standing(String plan, Budget budget, long spentMicroUsd, long openMicroUsd, List<Limit> limits) {

    /** Returns the most that all calls of this month may cost. */
    public long monthlyMicroUsd() {
        return limits.stream().filter(limit -> limit.agent().isEmpty() && !limit.name().equals("day")).mapToLong(Limit::mostMicroUsd).min().orElseThrow();
    }

    /** Returns the limit on all calls that has the least left. */
    public Limit tightest() {
        return limits.stream().filter(limit -> limit.agent().isEmpty()).min(Comparator.comparingLong(Limit::leftMicroUsd)).orElseThrow();
    }
}
