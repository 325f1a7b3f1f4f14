package social.coral.web.accounts;

import social.coral.content.XAccount;
import social.coral.web.frame.Form;

/**
 * The form of one account.
 *
 * @param back the list to return to
 */
public record EditAccountView(XAccount account, Form form, String back) {}
