package social.coral.web.auth;

import org.jspecify.annotations.Nullable;
import social.coral.web.frame.Form;

/**
 * The page for creating an account.
 *
 * @param problem why it did not work, where that belongs to no single field
 * @param openInstead the address that this browser has to use to stay signed in, null where it does already
 */
public record SignupView(Form form, @Nullable String problem, @Nullable String openInstead) {}
