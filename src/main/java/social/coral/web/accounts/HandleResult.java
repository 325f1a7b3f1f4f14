package social.coral.web.accounts;

/**
 * The result for one handle that was typed.
 *
 * @param words why, in a sentence; empty where the outcome says it all
 * @param again what to correct when it was refused: the handle or its whole line
 */
public record HandleResult(String typed, Outcome outcome, String words, String again) {

    /** Whether it was added, now or before. */
    public enum Outcome {
        ADDED,
        ALREADY_ADDED,
        REFUSED
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
