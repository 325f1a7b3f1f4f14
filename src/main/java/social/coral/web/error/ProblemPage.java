package social.coral.web.error;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import social.coral.api.Failure;
import social.coral.web.frame.Pages;

/** The page for a failure outside of the pages' controllers. */
@Component
public final class ProblemPage {

    private final Pages pages;

    ProblemPage(Pages pages) {
        this.pages = pages;
    }

    public void write(HttpServletRequest request, HttpServletResponse response, Failure failure) throws IOException {
        Map<String, Object> model = Map.of("view", ProblemView.of(failure));
        if (failure.status() != HttpStatus.FORBIDDEN || RequestContextHolder.getRequestAttributes() != null) {
            pages.write("error/problem.jte", model, request, response);
            return;
        }
        // Other refusals outside of the controllers must cost no look at the database, so they go without the person's name.
        ServletRequestAttributes attributes = new ServletRequestAttributes(request, response);
        RequestContextHolder.setRequestAttributes(attributes);
        try {
            pages.write("error/problem.jte", model, request, response);
        } finally {
            RequestContextHolder.resetRequestAttributes();
            attributes.requestCompleted();
        }
    }
}
