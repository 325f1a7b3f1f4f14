package social.coral.installation;

import org.jspecify.annotations.Nullable;

/**
 * A reason why the process cannot start, in one plain sentence that names the remedy. The launcher prints the sentence
 * alone, without a stack trace, and ends with an exit code above zero.
 */
public final class StartFault extends RuntimeException {

    public StartFault(String sentence) {
        this(sentence, null);
    }

    public StartFault(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
