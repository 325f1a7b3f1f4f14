package social.coral.web.error;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.stereotype.Component;
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
        pages.write("error/problem.jte", Map.of("view", ProblemView.of(failure)), request, response);
    }
}
