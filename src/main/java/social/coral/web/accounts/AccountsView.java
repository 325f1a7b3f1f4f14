package social.coral.web.accounts;

import java.util.ArrayList;
import java.util.List;
import social.coral.api.Page;
import social.coral.content.XAccount;
import social.coral.web.agents.Collecting;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Paging;

/**
 * One page of the accounts that the filter holds, and a summary of all.
 *
 * @param listable how many accounts can be listed
 * @param beyond how many more there are, from the time before the limit
 */
public record AccountsView(
        AccountFilter filter,
        List<XAccount> accounts,
        Paging paging,
        String lead,
        int listable,
        long beyond,
        boolean isEmpty,
        Collecting collecting) {

    /** @param standing how many accounts there are, of which {@code all} are the first */
    static AccountsView of(List<XAccount> all, long standing, AccountFilter filter, Page page, Collecting collecting) {
        List<XAccount> held = filter.of(all);
        List<XAccount> shown = held.stream().skip(page.offset()).limit(page.limit()).toList();
        Paging paging = new Paging(filter.address(), page, shown.size(), held.size());
        return new AccountsView(filter, shown, paging, lead(all), all.size(), standing - all.size(), all.isEmpty(), collecting);
    }

    private static String lead(List<XAccount> all) {
        List<String> parts = new ArrayList<>();
        parts.add(Figures.count(all.size(), "account", "accounts"));
        long paused = all.stream().filter(account -> !account.isActive()).count();
        long trouble = all.stream().filter(AccountWords::needsLook).count();
        if (paused > 0) {
            parts.add(Figures.count(paused) + " paused");
        }
        if (trouble > 0) {
            parts.add(Figures.count(trouble, "needs", "need") + " attention");
        }
        return all.isEmpty() ? "The people and organisations you listen to" : String.join(" · ", parts);
    }

    /** What is to be known of accounts beyond those listed, from the time before the limit. */
    public String wordsOfThoseBeyond() {
        return Figures.count(beyond, "more account is", "more accounts are") + " not listed here, because there may be at most "
                + Figures.count(listable) + ". All are visited in turn, at most " + Figures.count(listable) + " in a run. To see the others, remove accounts that you no longer need.";
    }

    /** The list as it is now, to come back to after an action on it. */
    public String here() {
        return filter.address().with("offset", paging.page().offset() == 0 ? null : paging.page().offset()).toString();
    }
}
