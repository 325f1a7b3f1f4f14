package social.coral.web.auth;

import org.jspecify.annotations.Nullable;
import social.coral.demo.DemoSignIn;
import social.coral.web.frame.Form;

/**
 * The page for signing in.
 *
 * @param problem why it did not work, where that belongs to no single field
 * @param next the local path to go on to, empty when there is none
 * @param ended whether the person was signed in until now and did not sign out here
 * @param openInstead the address that this browser has to use to stay signed in, null where it does already
 * @param demo offers the example people in a demo; null where it is none
 */
public record LoginView(
        Form form, @Nullable String problem, String next, boolean ended, @Nullable String openInstead, @Nullable DemoSignIn demo) {}
