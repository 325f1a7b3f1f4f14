package social.coral.usage;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One limit of the current tenant, and where it stands in its present period; in millionths of a US dollar.
 *
 * @param name {@code plan}, {@code month}, {@code day} or {@code agent}
 * @param agent the agent whose calls it limits; empty for all calls
 * @param openMicroUsd the most that calls can cost that are being made
 * @param period the first day of the present period
 * @param renews the first day of the next one
 */
public record Limit(String name, String agent, long mostMicroUsd, long spentMicroUsd, long openMicroUsd, LocalDate period, LocalDate renews) {

    private static final int[] WARNINGS = {100, 80, 50};

    public long leftMicroUsd() {
        return Math.max(0, mostMicroUsd - spentMicroUsd - openMicroUsd);
    }

    /** Returns how much is spent, in whole percent, rounded down and at most 100. */
    public int percent() {
        return (int) Math.min(100, mostMicroUsd == 0 ? 0 : Math.floorDiv(100 * spentMicroUsd, mostMicroUsd));
    }

    /** Returns the highest share in percent that is spent and worth a warning; null below the lowest, and where nothing may be spent. */
    public @Nullable Integer warning() {
        for (int percent : WARNINGS) {
            if (mostMicroUsd > 0 && spentMicroUsd >= Math.ceilDiv(mostMicroUsd * percent, 100)) {
                return percent;
            }
        }
        return null;
    }
}
