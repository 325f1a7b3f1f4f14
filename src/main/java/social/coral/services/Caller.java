package social.coral.services;

import java.util.Optional;
import java.util.function.Supplier;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.OpenCall;

/** Makes a service's calls for somebody: lets others work during a call, and enters it in the ledger. */
public interface Caller {

    /** Makes calls of which this thread only waits for the answers. */
    default <T extends Object> T waitFor(Supplier<T> calls) {
        return calls.get();
    }

    /** Waits, before an answer is read, until there is memory for what is in it; on whatever thread reads it. */
    default void arrived() {}

    /** How often a call may be made in all when it fails in passing. Who allows one try pays for one call, and no answer is asked for again. */
    default int tries() {
        return Backoff.MAX_ATTEMPTS;
    }

    /**
     * The answer to this request that was paid for earlier and that nobody could use before the process ended, where such are kept. It is
     * asked for once before a call, not again before one that is tried again.
     *
     * @param request what tells the request from all others
     */
    default Optional<String> kept(String request) {
        return Optional.empty();
    }

    /**
     * Reserves the most that a call can use. Each call is opened before it is made, and settled right after it ended, also one that
     * failed and is tried again.
     */
    OpenCall open(Call call, Amount most);
}
