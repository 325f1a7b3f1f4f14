package social.coral.web.agents;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import social.coral.agents.AgentCard;
import social.coral.agents.AgentRun;
import social.coral.agents.Agents;
import social.coral.agents.RecentCost;
import social.coral.agents.Schedule;
import social.coral.usage.Limit;
import social.coral.usage.Standing;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Times;
import social.coral.web.usage.UsageWords;

/**
 * What an agent costs on a schedule, in words.
 *
 * @param recent by what its last runs cost; null before the first
 * @param limit the limit that thirty days reach first
 */
public record ScheduleCost(AgentCard agent, @Nullable RecentCost recent, Limit limit) {

    private static final int DAYS = 30;

    static ScheduleCost of(AgentCard agent, @Nullable RecentCost recent, Standing standing) {
        return new ScheduleCost(agent, recent, standing.limits().stream()
                .filter(limit -> limit.agent().isEmpty() || limit.agent().equals(agent.name()))
                .min(Comparator.comparingLong(ScheduleCost::inThirtyDays)).orElseThrow());
    }

    private static long inThirtyDays(Limit limit) {
        return limit.name().equals("day") ? DAYS * limit.mostMicroUsd() : limit.mostMicroUsd();
    }

    private long inThirtyDays(Schedule schedule) {
        return recent == null || !schedule.enabled() ? 0 : recent.inThirtyDays(schedule);
    }

    /** Returns the sum, such as "about $14.40 in 30 days"; empty where nothing is known or nothing is charged. */
    public String words(Schedule schedule) {
        long sum = inThirtyDays(schedule);
        return sum == 0 ? "" : "about " + Figures.money(sum) + " in 30 days";
    }

    private boolean isCollecting() {
        return agent.name().equals(Agents.COLLECTING);
    }

    /** Reports whether it costs more than a limit lets through. */
    public boolean isBeyond(Schedule schedule) {
        return isBeyond(inThirtyDays(schedule));
    }

    /** The same of a sum for thirty days. */
    boolean isBeyond(long inThirtyDays) {
        return inThirtyDays > inThirtyDays(limit);
    }

    /** Returns what ends the runs of a schedule that costs too much. */
    public String beyond() {
        return UsageWords.limit(limit, Map.of(agent.name(), agent.title())) + " is " + Figures.money(limit.mostMicroUsd());
    }

    /** Returns what the sums rest on; null where there are none. */
    public @Nullable String basis() {
        RecentCost known = recent;
        AgentRun last = agent.lastRun();
        if (known != null && known.runs() > 0 && known.averageMicroUsd() > 0) {
            Duration apart = known.apart();
            String rests = known.runs() == 1 ? ", like the last one"
                    : ", by the last " + Figures.count(known.runs()) + (apart.toMinutes() == 0 ? "" : ", which were " + Times.span(apart) + " apart");
            return "A run costs about " + Figures.money(known.averageMicroUsd()) + rests + "."
                    + (isCollecting() ? " First visits to accounts are left out, because they also read older posts. Runs that are closer together find fewer new"
                            + " posts and cost less each, and runs that are further apart more." : "")
                    + " The service charges you for each run.";
        }
        return known == null || known.runs() > 0 || last == null || last.costMicroUsd() == 0 || !isCollecting() ? null
                : "The last run cost " + Figures.money(last.costMicroUsd()) + ", but a first visit also looks up the account and reads older posts."
                        + " After the next run, the usual cost is shown here.";
    }
}
