package social.coral.web.frame;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;

/** The results of a page's controller. */
public final class PageResult {

    private PageResult() {}

    /** A template with its one parameter beside the frame, named {@code view}. */
    public static ModelAndView page(String template, Object view) {
        return new ModelAndView(template, "view", view);
    }

    /** A template whose other parameters are added to the result, under their names. */
    public static ModelAndView page(String template) {
        return new ModelAndView(template);
    }

    /** One page of a list, as {@code list}; one beyond the end leads to the last. */
    public static ModelAndView list(String template, Listing<?, ?> list) {
        String last = list.lastInstead();
        ModelAndView page = last == null ? page(template).addObject("list", list) : seeOther(last);
        page.setStatus(list.problem() == null ? null : HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }

    /** The form again, with what is wrong beside its fields. */
    public static ModelAndView refused(ModelAndView page) {
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }

    /** The form again, with what is wrong beside its fields. */
    public static ModelAndView refused(String template, Object view) {
        return refused(page(template, view));
    }

    /** As above, with the time after which it can be sent again, where the failure knows one. */
    public static ModelAndView refused(ModelAndView page, Failure failure, HttpServletResponse response) {
        refused(page);
        if (failure.details().get("retry_after") instanceof Integer seconds) {
            page.setStatus(failure.status());
            response.setHeader(HttpHeaders.RETRY_AFTER, seconds.toString());
        }
        return page;
    }

    /** Reports whether a script of ours asks, which takes from the page what it needs. */
    public static boolean isForScript(HttpServletRequest request) {
        return "true".equals(request.getHeader("HX-Request"));
    }

    /** Redirects to another page, so that reloading repeats nothing. */
    public static ModelAndView seeOther(String address) {
        return new ModelAndView(new SeeOther(address, null));
    }

    /** Redirects to another page, which shows the toast. */
    public static ModelAndView seeOther(String address, Toast toast) {
        return new ModelAndView(new SeeOther(address, toast));
    }
}
