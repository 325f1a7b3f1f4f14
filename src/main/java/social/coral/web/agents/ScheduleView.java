package social.coral.web.agents;

import org.jspecify.annotations.Nullable;
import social.coral.agents.AgentCard;
import social.coral.agents.RecentCost;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Form;

/**
 * The form of an agent's schedule.
 *
 * @param form what is chosen
 * @param fields what is typed, and what is wrong
 * @param cost what the last runs cost; null before the first
 * @param meanwhile what another window has saved, when that refused the save
 */
public record ScheduleView(AgentCard agent, ScheduleForm form, Form fields, @Nullable RecentCost cost, @Nullable ConcurrentEdit meanwhile) {

    /** Returns an interval in words, with what it would cost. */
    public String choice(String interval) {
        RecentCost last = cost;
        String words = ScheduleForm.words(interval);
        return last == null || last.averageMicroUsd() == 0 ? words
                : words + ", about " + Figures.money(last.inThirtyDays(ScheduleForm.every(interval))) + " in 30 days";
    }

    /** Returns what a run costs, so that nobody is surprised by the sum; null where nothing is known or nothing is charged. */
    public @Nullable String warning() {
        RecentCost last = cost;
        if (last == null || last.averageMicroUsd() == 0) {
            return null;
        }
        return (last.runs() == 1 ? "The last run cost " : "The last " + last.runs() + " runs cost on average ")
                + Figures.money(last.averageMicroUsd()) + ". Every run on the schedule is charged to you by the service.";
    }
}
