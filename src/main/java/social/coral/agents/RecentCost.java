package social.coral.agents;

import java.time.Duration;

/**
 * What the next runs of an agent will cost, by its last ones. The first visit of each step is left out, because it also brings what
 * there was before and looks up what is needed from then on.
 *
 * @param runs on how many it rests; none if the only runs so far were first visits
 * @param averageMicroUsd the expected cost of a run, in millionths of a US dollar
 * @param apart how far apart these runs were, on average
 */
public record RecentCost(int runs, long averageMicroUsd, Duration apart) {

    /** Returns what thirty days on the schedule cost at this rate. */
    public long inThirtyDays(Schedule schedule) {
        return Math.round(averageMicroUsd * schedule.runsInThirtyDays());
    }
}
