package social.coral.web.error;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;
import social.coral.api.DatabaseFailures;
import social.coral.api.Failure;
import social.coral.web.frame.LocalPath;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Toast;

/** Shows the failures of pages as pages. The API's counterpart is {@code Problems}. */
@ControllerAdvice(basePackages = "social.coral.web")
final class PageFailures {

    private static final Set<String> PAGING = Set.of("limit", "offset");
    private static final Logger log = LoggerFactory.getLogger(PageFailures.class);

    @ExceptionHandler
    ModelAndView failure(Failure failure, HttpServletRequest request, HttpServletResponse response) {
        if (isOfPaging(failure)) {
            String list = UriComponentsBuilder.fromPath(request.getRequestURI()).query(request.getQueryString())
                    .replaceQueryParam("limit").replaceQueryParam("offset").build().toUriString();
            return PageResult.seeOther(LocalPath.or(list, request.getRequestURI()), Toast.problem(failure.sentence() + " The list is shown from its beginning."));
        }
        failure.retryAfter().ifPresent(seconds -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds.toString()));
        return page(failure.status(), failure.status() == HttpStatus.NOT_FOUND && isOfAction(request) ? ProblemView.gone() : ProblemView.of(failure));
    }

    @ExceptionHandler
    ModelAndView mistyped(MethodArgumentTypeMismatchException e) {
        HttpStatus status = UUID.class.equals(e.getRequiredType()) ? HttpStatus.NOT_FOUND : HttpStatus.BAD_REQUEST;
        return page(status, ProblemView.of(status));
    }

    @ExceptionHandler
    ModelAndView fault(Exception e, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (e instanceof ClientAbortException) {
            throw e;
        }
        if (e instanceof ErrorResponse known) {
            return page(known.getStatusCode(), ProblemView.of(known.getStatusCode()));
        }
        Optional<Failure> passing = DatabaseFailures.toFailure(e, request);
        if (passing.isPresent()) {
            return failure(passing.get(), request, response);
        }
        String id = UUID.randomUUID().toString();
        log.error("Fault {} at {} {}", id, request.getMethod(), request.getRequestURI(), e);
        return page(HttpStatus.INTERNAL_SERVER_ERROR, ProblemView.fault(id));
    }

    /** Reports whether the address asks for a page that no list has. Only addresses written by hand do. */
    private static boolean isOfPaging(Failure failure) {
        List<String> fields = failure.errors().stream().map(Failure.FieldError::field).toList();
        return !fields.isEmpty() && PAGING.containsAll(fields);
    }

    /** Reports whether somebody pressed a button of a page, and did not follow an address. */
    private static boolean isOfAction(HttpServletRequest request) {
        return !request.getMethod().equals("GET") || request.getHeader("HX-Request") != null;
    }

    static ModelAndView page(HttpStatusCode status, ProblemView view) {
        ModelAndView page = new ModelAndView("error/problem", "view", view);
        page.setStatus(status);
        return page;
    }
}
