package social.coral.web.auth;

import org.jspecify.annotations.Nullable;
import social.coral.web.frame.Form;

/**
 * The page for creating an account.
 *
 * @param problem why it did not work, where that belongs to no single field
 */
public record SignupView(Form form, @Nullable String problem) {}
