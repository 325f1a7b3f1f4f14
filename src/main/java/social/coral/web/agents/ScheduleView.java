package social.coral.web.agents;

import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import social.coral.agents.AgentCard;
import social.coral.agents.Schedule;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Form;

/**
 * The form of an agent's schedule.
 *
 * @param form what is chosen
 * @param fields what is typed, and what is wrong
 * @param meanwhile what another window has saved, when that refused the save
 * @param beyond what is chosen, where it costs more than a limit lets through and the person has not agreed to that
 */
public record ScheduleView(AgentCard agent, ScheduleForm form, Form fields, ScheduleCost cost, @Nullable ConcurrentEdit meanwhile, @Nullable Schedule beyond) {

    /** Returns an interval in words, with what it would cost. */
    public String choice(String interval) {
        Schedule schedule = ScheduleForm.every(interval);
        String sum = cost.words(schedule);
        return ScheduleForm.words(interval) + (sum.isEmpty() ? "" : ", " + sum) + (cost.isBeyond(schedule) ? ", above your limit" : "");
    }

    /** Returns how set times are typed, with what they cost. */
    public String helpForTimes() {
        Schedule daily = new Schedule(true, null, List.of(LocalTime.NOON), Set.of(), ScheduleForm.UTC);
        String sum = cost.words(daily);
        return "One or more, separated by commas: 09:00, 17:30." + (sum.isEmpty() ? "" : " Each time of day costs " + sum + ".");
    }

    /** Returns what the person has to know before such a schedule is saved; null for one that no limit ends. */
    public @Nullable String warning() {
        Schedule chosen = beyond;
        return chosen == null ? null : "This costs " + cost.words(chosen) + ", but " + cost.beyond() + ". Once that is spent, runs wait until it renews.";
    }
}
