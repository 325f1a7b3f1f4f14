package social.coral.models;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import social.coral.egress.EgressFault;
import social.coral.services.Caller;
import social.coral.services.ServiceFault;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.Call.Outcome;
import social.coral.usage.OpenCall;

/** One call to a provider: reserved before it is sent, and settled however it ended. */
final class ChargedCall {

    private ChargedCall() {}

    /**
     * Makes the call.
     *
     * @param most what it can use
     * @param soFar what it has used for all that is known, when it ends without an answer
     */
    static <T extends Object> Attempt<T> make(Provider provider, Caller caller, Clock clock, Call planned, Amount most,
            Supplier<Attempt<T>> send, Supplier<Amount> soFar) {
        return make(provider, caller, clock, planned, most, send, soFar, (call, attempt, took) -> call.settle(attempt.outcome(), attempt.used(), took));
    }

    /** Settles a call that ended. */
    interface Settling<T extends Object> {
        void settle(OpenCall call, Attempt<T> attempt, Duration took);
    }

    /**
     * The same.
     *
     * @param settling settles a call that ended, with an answer or without
     */
    static <T extends Object> Attempt<T> make(Provider provider, Caller caller, Clock clock, Call planned, Amount most,
            Supplier<Attempt<T>> send, Supplier<Amount> soFar, Settling<T> settling) {
        OpenCall call = caller.open(planned, most);
        long start = System.nanoTime();
        Attempt<T> attempt;
        try {
            attempt = send.get();
        } catch (EgressFault e) {
            attempt = Attempt.failed(ServiceFault.of(e, provider.title(), clock.instant()), Outcome.FAILED, soFar.get());
            if (e.kind() == EgressFault.Kind.REFUSED || e.kind() == EgressFault.Kind.UNREACHABLE) {
                // Nothing was sent, so nothing can be charged.
                call.release();
                return attempt;
            }
        } catch (CancellationException e) {
            call.settleCutShort(soFar.get(), since(start));
            throw e;
        }
        settling.settle(call, attempt, since(start));
        return attempt;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
