package social.coral.agents;

/**
 * What the last runs of an agent cost.
 *
 * @param runs how many they are
 * @param averageMicroUsd the average of a run, in millionths of a US dollar
 */
public record RecentCost(int runs, long averageMicroUsd) {

    /** Returns what thirty days on the schedule cost at this rate. */
    public long inThirtyDays(Schedule schedule) {
        return Math.round(averageMicroUsd * schedule.runsInThirtyDays());
    }
}
