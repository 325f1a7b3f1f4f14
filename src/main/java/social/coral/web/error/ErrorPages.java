package social.coral.web.error;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.api.Failure;
import social.coral.api.Problems;

/** What no controller answered: an address that leads nowhere, a request that was refused on its way, a failing page. */
@Controller
final class ErrorPages implements ErrorController {

    @RequestMapping(path = "/error", produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView page(HttpServletRequest request) {
        HttpStatus status = status(request);
        return PageFailures.page(status, ProblemView.of(status));
    }

    @RequestMapping("/error")
    ResponseEntity<ProblemDetail> document(HttpServletRequest request) {
        HttpStatus status = status(request);
        ProblemView view = ProblemView.of(status);
        Failure failure = status == HttpStatus.NOT_FOUND ? Failure.notFound()
                : Failure.of(status, status.name().toLowerCase(java.util.Locale.ROOT), view.title() + ". " + view.sentence());
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problems.document(failure, path == null ? "/error" : path.toString()));
    }

    private static HttpStatus status(HttpServletRequest request) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : null;
        return status == null ? HttpStatus.NOT_FOUND : status;
    }
}
