package social.coral.web.error;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import social.coral.api.Failure;

/**
 * What went wrong, in a title and a sentence that says what to do.
 *
 * @param passes whether it is over by itself in a moment; it then says nothing of who is signed in
 * @param id by which the operator finds a fault of ours in the log; null for everything else
 */
public record ProblemView(String title, String sentence, boolean passes, @Nullable String id) {

    private ProblemView(String title, String sentence) {
        this(title, sentence, false, null);
    }

    /** What a failure that was expected says; of what is not there, nothing more is said. */
    static ProblemView of(Failure failure) {
        ProblemView known = of(failure.status());
        return failure.status() == HttpStatus.NOT_FOUND || failure.code().equals("csrf") || failure.code().equals("forbidden")
                ? known
                : new ProblemView(known.title(), failure.sentence(), known.passes(), null);
    }

    static ProblemView of(HttpStatusCode status) {
        return switch (HttpStatus.resolve(status.value())) {
            case NOT_FOUND -> new ProblemView("There is no such page", "The address may be mistyped, or the page has been removed.");
            case FORBIDDEN -> new ProblemView("This was not accepted",
                    "The page was open for too long, or it came from another site. Nothing was changed. "
                            + "Go back, load the page again, and repeat what you did.");
            case METHOD_NOT_ALLOWED -> new ProblemView("This address does not accept such a request", "Go back and use the buttons of the page.");
            case CONTENT_TOO_LARGE -> new ProblemView("That is too large", "Nothing was saved. Send a smaller file or a shorter text.");
            case TOO_MANY_REQUESTS -> new ProblemView("Too many requests", "Nothing was changed. Wait a minute, then try again.");
            case SERVICE_UNAVAILABLE -> new ProblemView("This is not working right now", "Try again in a few seconds.", true, null);
            case CONFLICT -> new ProblemView("This is no longer possible", "Load the page again: something has changed since you saw it.");
            case null, default -> status.is4xxClientError()
                    ? new ProblemView("This request cannot be read", "Nothing was changed. Go back and try again.")
                    : new ProblemView("Something went wrong on our side", "Nothing was saved. Try again in a moment.");
        };
    }

    /** A fault of ours; the id finds it in the log. */
    static ProblemView fault(String id) {
        return new ProblemView("Something went wrong on our side",
                "Nothing was saved. Try again in a moment. If this keeps happening, give this id to whoever runs this installation; it leads to the cause in the log.", false, id);
    }
}
