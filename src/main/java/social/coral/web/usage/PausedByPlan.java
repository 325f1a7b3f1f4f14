package social.coral.web.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import social.coral.usage.PlanLimits;
import social.coral.web.frame.Figures;

/**
 * What was paused because the tenant's plan had no room for it.
 *
 * @param title what it is
 * @param detail what the person can do about it
 * @param page where that is done
 */
public record PausedByPlan(String title, String detail, String page) {

    /**
     * Returns one for each kind of thing.
     *
     * @param titles the titles of agents by name
     */
    public static List<PausedByPlan> all(PlanLimits.Current plan, Map<String, String> titles) {
        List<PausedByPlan> all = new ArrayList<>();
        accounts(plan).ifPresent(all::add);
        schedules(plan, titles).ifPresent(all::add);
        return all;
    }

    public static Optional<PausedByPlan> accounts(PlanLimits.Current plan) {
        List<String> paused = plan.pausedAccounts();
        return paused.isEmpty() ? Optional.empty() : Optional.of(new PausedByPlan(
                Figures.count(paused.size(), "account is", "accounts are") + " paused because of your plan",
                Figures.listed(paused.stream().map(name -> "@" + name).toList()) + ". "
                        + room("resume", paused.size(), plan.roomForAccounts(), "pause another account", "Accounts"),
                "/accounts"));
    }

    /** @param titles the titles of agents by name */
    public static Optional<PausedByPlan> schedules(PlanLimits.Current plan, Map<String, String> titles) {
        List<String> off = plan.endedSchedules();
        return off.isEmpty() ? Optional.empty() : Optional.of(new PausedByPlan(
                Figures.count(off.size(), "schedule is", "schedules are") + " off because of your plan",
                Figures.listed(off.stream().map(name -> titles.getOrDefault(name, name)).toList()) + ". "
                        + room("switch on", off.size(), plan.roomForAgents(), "switch off another schedule", "Agents"),
                "/agents"));
    }

    private static String room(String act, int wanted, long room, String instead, String page) {
        return room <= 0 ? "To " + act + " one, " + instead + " or ask for a larger plan."
                : "You can now " + act + " " + (room >= wanted ? wanted == 1 ? "it" : "all of them" : Figures.count(room) + " of them") + " under " + page + ".";
    }
}
