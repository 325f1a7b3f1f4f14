package social.coral.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.web.frame.PageResult;

/** The address of the installation itself. */
@Controller
final class StartPage {

    @GetMapping("/")
    ModelAndView start() {
        return PageResult.seeOther("/dashboard");
    }
}
