package social.coral.web.dashboard;

import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.api.Page;
import social.coral.content.ScheduledTexts;
import social.coral.identity.Profile;
import social.coral.web.agents.Collecting;
import social.coral.web.frame.Figures;
import social.coral.web.logs.LogRow;

/**
 * The first page.
 *
 * @param scheduled what goes out in the next seven days, and what should have gone out
 * @param collected posts collected, counted up to {@link Page#MAX_COUNTED}
 * @param imported posts imported, counted in the same way
 * @param spentMicroUsd spent since the first of the month, in millionths of a US dollar
 * @param limitMicroUsd the most that may be spent in this month
 */
public record DashboardView(
        Profile profile,
        List<ActionItem> needs,
        List<ScheduledTexts.Entry> scheduled,
        Collecting collecting,
        long collected,
        long imported,
        long listening,
        long drafts,
        List<Reviews.Waiting> inReview,
        long spentMicroUsd,
        long limitMicroUsd,
        List<LogRow> recent) {

    /** Returns what to say below the title; null where the list of needs says it. */
    public @Nullable String lead() {
        return !profile.setupCompleted() ? "Setup is not finished yet" : needs.isEmpty() && listsNeeds() ? null : attention();
    }

    /** Says how many things need attention, those of collecting as one. */
    public String attention() {
        int things = needs.size() + (asks() ? 1 : 0);
        return things == 0 ? "Nothing needs your attention" : Figures.count(things, "thing needs", "things need") + " your attention";
    }

    /** Reports whether the list of what needs attention is shown: not an empty one beside a box that asks for something. */
    public boolean listsNeeds() {
        return !needs.isEmpty() || (profile.setupCompleted() && !asks());
    }

    /** Reports whether collecting asks for something. Before an account is erased nothing is collected, and nothing is asked for. */
    public boolean asks() {
        return profile.erasureDueAt() == null && (!collecting.missing().isEmpty() || collecting.waitsFor() != null);
    }
}
