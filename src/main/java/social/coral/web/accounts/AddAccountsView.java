package social.coral.web.accounts;

import java.util.List;
import social.coral.web.frame.Form;

/**
 * The form for adding accounts, with what became of those that were sent before.
 *
 * @param examples handles of the sandbox that can be chosen; none outside of it
 */
public record AddAccountsView(Form form, List<String> examples, List<HandleResult> results) {}
