package social.coral.web.posts;

import java.util.Map;
import social.coral.api.Failure;
import social.coral.api.Failure.FieldError;

/** Tells a failure with the names that the page gives to its fields. */
final class Said {

    private static final Map<String, String> NAMES = Map.of(
            "q", "The search",
            "author", "The author",
            "status", "The status",
            "source", "The way it came",
            "within", "The time",
            "file", "A file",
            "body", "What was sent");

    private Said() {}

    static String of(Failure failure) {
        if (failure.errors().isEmpty()) {
            return failure.sentence();
        }
        FieldError error = failure.errors().getFirst();
        return NAMES.getOrDefault(error.field(), error.field()) + " " + error.message() + ".";
    }
}
