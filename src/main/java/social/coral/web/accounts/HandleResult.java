package social.coral.web.accounts;

/**
 * What became of one handle that was typed.
 *
 * @param typed as it was typed
 * @param words why, in a sentence; empty where the outcome says all
 * @param again what to type again when it was refused: it, or the line in which it stands
 */
public record HandleResult(String typed, Outcome outcome, String words, String again) {

    /** Whether it is among the accounts now, because of this or since before. */
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
