package social.coral.web.usage;

import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import social.coral.agents.AgentRun;
import social.coral.usage.AgentBudget;
import social.coral.usage.Forecast;
import social.coral.usage.PlanLimits;
import social.coral.usage.Standing;
import social.coral.usage.Usage;

/**
 * A month of usage.
 *
 * @param previous the month before that something can have been used in; null for none
 * @param next the month after, likewise
 * @param days what was used by day and service
 * @param now where the limits stand; null for any month but the present one
 * @param problem why the month that was asked for is not shown
 */
public record UsageView(
        YearMonth month,
        @Nullable YearMonth previous,
        @Nullable YearMonth next,
        Usage usage,
        List<Usage.ByDayAndService> days,
        @Nullable Now now,
        @Nullable String problem) {

    /**
     * @param agents the limits of single agents
     * @param forecast null while too few days say anything
     * @param stopped the sentence that says that all calls are stopped, and by whom; null while they are made
     * @param waiting the runs that wait for a budget
     * @param titles the titles of agents by name
     * @param plan what else the plan limits
     */
    public record Now(Standing standing, List<AgentBudget> agents, @Nullable Forecast forecast, @Nullable String stopped, List<AgentRun> waiting, Map<String, String> titles,
            PlanLimits.Current plan) {}

    public Chart chart() {
        return Chart.of(month, days);
    }
}
