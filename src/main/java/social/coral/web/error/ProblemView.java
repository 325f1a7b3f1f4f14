package social.coral.web.error;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import social.coral.api.Failure;

/**
 * What went wrong: a title and a sentence with what to do.
 *
 * @param passes whether it will be over in a moment
 * @param id the id of an unexpected fault in the log; null for everything else
 */
public record ProblemView(String title, String sentence, boolean passes, @Nullable String id) {

    /** Statuses that people read in the same words, whatever a program gets. */
    private static final Set<HttpStatus> WORDED = Set.of(HttpStatus.NOT_FOUND, HttpStatus.CONTENT_TOO_LARGE);

    private ProblemView(String title, String sentence) {
        this(title, sentence, false, null);
    }

    /** The words of an expected failure. */
    static ProblemView of(Failure failure) {
        ProblemView known = of(failure.status());
        return WORDED.contains(failure.status()) || failure.code().equals("csrf") || failure.code().equals("forbidden")
                ? known
                : new ProblemView(known.title(), failure.sentence(), known.passes(), null);
    }

    static ProblemView of(HttpStatusCode status) {
        return switch (HttpStatus.resolve(status.value())) {
            case NOT_FOUND -> new ProblemView("Page not found", "The address may be wrong, or the page was removed.");
            case FORBIDDEN -> new ProblemView("This request was not accepted",
                    "The page was open for too long, or the request came from another site. Nothing was changed. "
                            + "Go back, reload the page and try again.");
            case METHOD_NOT_ALLOWED -> new ProblemView("This address does not accept this kind of request", "Go back and use the buttons of the page.");
            case CONTENT_TOO_LARGE -> new ProblemView("Too large", "Nothing was saved. Send a smaller file or a shorter text.");
            case TOO_MANY_REQUESTS -> new ProblemView("Too many requests", "Nothing was changed. Wait a minute, then try again.");
            case SERVICE_UNAVAILABLE -> new ProblemView("Not available right now", "Try again in a few seconds.", true, null);
            case CONFLICT -> new ProblemView("This is no longer possible", "Something has changed since you opened the page. Reload it and try again.");
            case null, default -> status.is4xxClientError()
                    ? new ProblemView("This request cannot be read", "Nothing was changed. Go back and try again.")
                    : new ProblemView("Something went wrong on our side", "Nothing was saved. Try again in a moment.");
        };
    }

    /** What an action was about was removed since the page was opened. */
    static ProblemView gone() {
        return new ProblemView("No longer there", "This was removed in the meantime, perhaps in another tab. Nothing was changed. Reload the page.");
    }

    /** A fault of ours; the id finds it in the log. */
    static ProblemView fault(String id) {
        return new ProblemView("Something went wrong on our side",
                "Nothing was saved. Try again in a moment. If this keeps happening, give this id to your administrator, who can find the cause in the log.", false, id);
    }
}
