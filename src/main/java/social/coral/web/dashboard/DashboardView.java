package social.coral.web.dashboard;

import java.util.List;
import social.coral.api.Page;
import social.coral.identity.Profile;
import social.coral.web.agents.Collecting;
import social.coral.web.frame.Figures;
import social.coral.web.logs.LogRow;

/**
 * The first page.
 *
 * @param collected posts collected, counted up to {@link Page#MAX_COUNTED}
 * @param imported posts imported, counted in the same way
 * @param spentMicroUsd spent since the first of the month, in millionths of a US dollar
 */
public record DashboardView(
        Profile profile,
        List<ActionItem> needs,
        Collecting collecting,
        long collected,
        long imported,
        long listening,
        long drafts,
        long spentMicroUsd,
        List<LogRow> recent) {

    public String lead() {
        if (!profile.setupCompleted()) {
            return "Setup is not finished yet";
        }
        return attention();
    }

    /** How many things need attention. */
    public String attention() {
        if (needs.isEmpty()) {
            return profile.setupCompleted() ? "Nothing needs your attention" : "Nothing else needs your attention";
        }
        return Figures.count(needs.size(), "thing needs", "things need") + " your attention";
    }
}
