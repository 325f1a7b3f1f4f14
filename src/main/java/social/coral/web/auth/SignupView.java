package social.coral.web.auth;

import org.jspecify.annotations.Nullable;
import social.coral.web.frame.Address;
import social.coral.web.frame.Form;

/**
 * The page for creating an account.
 *
 * @param problem why it did not work, where that belongs to no single field
 * @param next the local path to go on to, empty when there is none
 */
public record SignupView(Form form, @Nullable String problem, String next) {

    public String loginAddress() {
        return Address.of("/auth/login").with("next", next).toString();
    }
}
