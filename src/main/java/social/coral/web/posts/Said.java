package social.coral.web.posts;

import java.util.Map;
import social.coral.api.Failure.FieldError;
import social.coral.api.Failure;

/** Tells a failure with the names that the page gives to its fields. */
final class Said {

    private static final Map<String, String> NAMES = Map.of(
            "q", "The search",
            "author", "The author",
            "status", "The status",
            "source", "The source",
            "within", "The time",
            "body", "The request");

    private Said() {}

    static String of(Failure failure) {
        FieldError error = failure.errors().isEmpty() ? null : failure.errors().getFirst();
        if (error == null || error.message().equals(failure.sentence())) {
            return failure.sentence() + ".";
        }
        return NAMES.getOrDefault(error.field(), error.field()) + " " + error.message() + ".";
    }
}
