package social.coral.web.accounts;

/**
 * What became of one handle that was typed.
 *
 * @param typed as it was typed
 * @param outcome in words
 */
public record HandleResult(String typed, Outcome outcome, String words) {

    /** Whether it is among the accounts now, because of this or since before. */
    public enum Outcome {
        ADDED,
        THERE_ALREADY,
        REFUSED
    }

    public boolean isRefused() {
        return outcome == Outcome.REFUSED;
    }

    public String tone() {
        return switch (outcome) {
            case ADDED -> "good";
            case THERE_ALREADY -> "plain";
            case REFUSED -> "bad";
        };
    }

    public String word() {
        return switch (outcome) {
            case ADDED -> "Added";
            case THERE_ALREADY -> "There already";
            case REFUSED -> "Not added";
        };
    }
}
