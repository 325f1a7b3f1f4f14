package social.coral.web.error;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** What went wrong, in a title and a sentence that says what to do. */
public record ProblemView(String title, String sentence) {

    static ProblemView of(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return switch (known) {
            case NOT_FOUND -> new ProblemView("There is no such page",
                    "The address may be mistyped, or what it showed is gone.");
            case FORBIDDEN -> new ProblemView("This was not accepted",
                    "The page was open for too long, or it came from another site. Nothing was changed. Go back, load the page again, and repeat what you did.");
            case METHOD_NOT_ALLOWED -> new ProblemView("This address takes no such request", "Go back and use the buttons of the page.");
            case CONTENT_TOO_LARGE -> new ProblemView("That is too large", "Nothing was saved. Send a smaller file or a shorter text.");
            case TOO_MANY_REQUESTS -> new ProblemView("That was too often", "Wait a minute, then try again. Nothing was changed.");
            case null, default -> status.is4xxClientError()
                    ? new ProblemView("This request cannot be read", "Go back and try again. Nothing was changed.")
                    : fault("");
        };
    }

    /** A fault of ours; the id finds it in the log. */
    static ProblemView fault(String id) {
        return new ProblemView("Something went wrong on our side",
                "Nothing was saved." + (id.isEmpty() ? "" : " The operator finds it in the log as " + id + ".") + " Try again in a moment.");
    }
}
