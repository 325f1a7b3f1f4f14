package social.coral.web.accounts;

import java.util.List;
import social.coral.content.XAccount;
import social.coral.web.frame.Figures;

/**
 * The question before accounts are removed.
 *
 * @param back the list to return to
 */
public record RemoveAccountsView(List<XAccount> accounts, String back) {

    public String names() {
        return AccountNames.of(accounts.stream().map(XAccount::username).toList());
    }

    /** What stays although the accounts go. */
    public String postsKept() {
        long posts = accounts.stream().mapToLong(XAccount::postsCollected).sum();
        return posts == 0 ? "" : "The " + Figures.count(posts, "post", "posts") + " collected so far " + (posts == 1 ? "stays." : "stay.");
    }
}
