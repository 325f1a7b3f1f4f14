package social.coral.web.accounts;

/**
 * The result for one handle.
 *
 * @param typed the handle with its @; as it was typed where it is none
 * @param words why, in a sentence; empty where the outcome says it all
 */
public record HandleResult(String typed, Outcome outcome, String words) {

    /** Whether it was added, now or before. */
    public enum Outcome {
        ADDED,
        ALREADY_ADDED,
        REFUSED
    }

    static HandleResult refused(String typed, String why) {
        return new HandleResult(typed, Outcome.REFUSED, why);
    }

    public boolean isRefused() {
        return outcome == Outcome.REFUSED;
    }

    public String tone() {
        return switch (outcome) {
            case ADDED -> "good";
            case ALREADY_ADDED -> "plain";
            case REFUSED -> "bad";
        };
    }

    public String word() {
        return switch (outcome) {
            case ADDED -> "Added";
            case ALREADY_ADDED -> "Already added";
            case REFUSED -> "Not added";
        };
    }
}
