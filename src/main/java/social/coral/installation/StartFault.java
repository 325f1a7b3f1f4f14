package social.coral.installation;

import org.jspecify.annotations.Nullable;

/**
 * A reason why the process cannot start, in whole sentences, with capital and full stop, that name the remedy. It is printed
 * without a stack trace, and the exit code is above zero.
 */
public final class StartFault extends RuntimeException {

    public StartFault(String sentence) {
        this(sentence, null);
    }

    public StartFault(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
