package social.coral.web.posts;

import social.coral.api.Page;
import social.coral.web.frame.Figures;

/**
 * What posts there are, so that a page offers and names only what occurs.
 *
 * @param collected how many, counted up to {@link Page#MAX_COUNTED}
 * @param imported how many, counted in the same way
 * @param mixed whether some are from X and some from the sandbox
 */
public record FilterOptions(int collected, int imported, boolean mixed) {

    /** {@code 300 posts from the accounts you listen to, 12 imported}. */
    public String words() {
        if (collected + imported == 0) {
            return "Posts from the accounts you listen to, and your own";
        }
        String first = Figures.counted(collected) + (collected == 1 ? " post" : " posts") + " from the accounts you listen to";
        return imported == 0 ? first : first + ", " + Figures.counted(imported) + " imported";
    }
}
