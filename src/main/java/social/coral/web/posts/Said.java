package social.coral.web.posts;

import java.util.Map;
import social.coral.api.Failure;

/** Tells a failure with the names that the page gives to its fields. */
final class Said {

    private static final Map<String, String> NAMES = Map.of(
            "q", "The search", "author", "The author", "status", "The status", "within", "The time", "content", "The text", "file", "A file", "body", "What was sent");

    private Said() {}

    static String of(Failure failure) {
        return failure.errors().isEmpty()
                ? failure.sentence()
                : NAMES.getOrDefault(failure.errors().getFirst().field(), failure.errors().getFirst().field()) + " "
                        + failure.errors().getFirst().message() + ".";
    }
}
