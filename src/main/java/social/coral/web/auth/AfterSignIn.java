package social.coral.web.auth;

import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.ModelAndView;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** Where somebody goes who has just been signed in. */
final class AfterSignIn {

    private AfterSignIn() {}

    /** @param openInstead the address to use, for a browser that will not stay signed in and so comes back to the page for signing in; null for others */
    static ModelAndView to(String path, String done, @Nullable String openInstead) {
        return openInstead == null
                ? PageResult.seeOther(path)
                : PageResult.seeOther(path, Toast.problem(done + ", but your browser will not keep you signed in over plain HTTP. Open " + openInstead + " instead."));
    }
}
