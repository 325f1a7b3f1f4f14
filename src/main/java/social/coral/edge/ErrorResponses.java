package social.coral.edge;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import social.coral.api.Failure;
import social.coral.api.Problems;
import social.coral.identity.WireFailure;
import social.coral.web.error.ProblemPage;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the responses that no controller wrote: for an unknown path, a wrong method, a refusal by a filter. Programs get a problem
 * document, a person gets a page.
 */
@Controller
class ErrorResponses implements ErrorController {

    private final JsonMapper json;
    private final ProblemPage page;

    ErrorResponses(JsonMapper json, ProblemPage page) {
        this.json = json;
        this.page = page;
    }

    /** The container dispatches to this when a status was set without a body. */
    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        write(request, response, Problems.failureOf(code instanceof Integer number ? HttpStatusCode.valueOf(number) : HttpStatus.NOT_FOUND));
    }

    /** Writes the failure in the form that suits the client: a wire error, a problem document or a page. */
    void write(HttpServletRequest request, HttpServletResponse response, Failure failure) throws IOException {
        Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = Paths.ofRefused(original instanceof String uri ? uri : request.getRequestURI());
        if (Paths.isWireProtocol(path)) {
            write(WireFailure.answer(failure, request), response);
            return;
        }
        response.setStatus(failure.status().value());
        failure.retryAfter().ifPresent(seconds -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds.toString()));
        if (Paths.isForPrograms(path)) {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            json.writeValue(response.getOutputStream(), Problems.document(failure, path));
        } else {
            page.write(request, response, failure);
        }
    }

    private void write(ResponseEntity<Map<String, Object>> error, HttpServletResponse response) throws IOException {
        response.setStatus(error.getStatusCode().value());
        error.getHeaders().forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
        json.writeValue(response.getOutputStream(), error.getBody());
    }
}
