package social.coral.web.logs;

import org.jspecify.annotations.Nullable;

/** How a level of the log is told. */
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
