package social.coral.web.logs;

import org.jspecify.annotations.Nullable;

/** The words for the levels of the log. */
public final class LogWords {

    private LogWords() {}

    public static String word(String level) {
        return switch (level) {
            case "error" -> "Error";
            case "warning" -> "Warning";
            default -> "Info";
        };
    }

    public static @Nullable String tone(String level) {
        return switch (level) {
            case "error" -> "bad";
            case "warning" -> "warn";
            default -> null;
        };
    }
}
