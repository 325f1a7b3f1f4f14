package social.coral.web.auth;

import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.ModelAndView;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** Leads on somebody who has just signed in. */
final class AfterSignIn {

    private AfterSignIn() {}

    /** @param openInstead the address at which this browser would stay signed in; null where it does already */
    static ModelAndView to(String path, String done, @Nullable String openInstead) {
        return openInstead == null
                ? PageResult.seeOther(path)
                : PageResult.seeOther(path, Toast.problem(done + ", but your browser will not keep you signed in over plain HTTP. Open " + openInstead + " instead."));
    }
}
