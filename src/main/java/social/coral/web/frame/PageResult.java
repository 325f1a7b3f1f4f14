package social.coral.web.frame;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;

/** What a page's controller gives back. */
public final class PageResult {

    private PageResult() {}

    /** A template and what it shows, which it knows as {@code view}. */
    public static ModelAndView page(String template, Object view) {
        return new ModelAndView(template, "view", view);
    }

    /** A list and the page of it that was asked for; one behind the end leads to the last. */
    public static ModelAndView list(String template, Object view, Paging paging) {
        String last = paging.lastInstead();
        return last == null ? page(template, view) : seeOther(last);
    }

    /** The form again, with what is wrong said in it. */
    public static ModelAndView refused(String template, Object view) {
        ModelAndView page = page(template, view);
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }

    /** As above; where it can be sent again later as it is, programs are told when. */
    public static ModelAndView refused(String template, Object view, Failure failure, HttpServletResponse response) {
        ModelAndView page = refused(template, view);
        if (failure.details().get("retry_after") instanceof Integer seconds) {
            page.setStatus(failure.status());
            response.setHeader(HttpHeaders.RETRY_AFTER, seconds.toString());
        }
        return page;
    }

    /** On to another page, so that loading it again repeats nothing. */
    public static ModelAndView seeOther(String address) {
        return new ModelAndView(new SeeOther(address, null));
    }

    /** On to another page, which says what was done. */
    public static ModelAndView seeOther(String address, Toast toast) {
        return new ModelAndView(new SeeOther(address, toast));
    }
}
