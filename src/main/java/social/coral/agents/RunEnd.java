package social.coral.agents;

import java.time.Instant;
import social.coral.usage.Amount;
import social.coral.usage.Call;

/** Ways in which a run leaves its agent before the work is done. Thrown through the agent, caught by the engine. */
abstract sealed class RunEnd extends RuntimeException {

    private RunEnd(String message) {
        super(message, null, false, false);
    }

    /** The run continues at {@code until}. */
    static final class Pause extends RunEnd {
        final Instant until;
        final String code;

        Pause(String code, Instant until, String reason) {
            super(reason);
            this.code = code;
            this.until = until;
        }
    }

    /** The person cancelled it. */
    static final class Cancelled extends RunEnd {
        Cancelled() {
            super("cancelled");
        }
    }

    /** Another worker has it. */
    static final class TakenOver extends RunEnd {
        TakenOver() {
            super("taken over");
        }
    }

    /** The turn is over, because others wait or this process stops; the run continues later, here or elsewhere. */
    static final class Handover extends RunEnd {
        Handover() {
            super("handed over");
        }
    }

    /** A dry run has come to a call, which is not made. */
    static final class WouldCall extends RunEnd {
        final Call call;
        final Amount most;

        WouldCall(Call call, Amount most) {
            super("would call");
            this.call = call;
            this.most = most;
        }
    }

    /** A dry run has come to what is not done in it, so that nobody knows how the step goes on. The message says what it is. */
    static final class Unknown extends RunEnd {
        Unknown(String would) {
            super(would);
        }
    }

    /** Nothing in this run can continue, for a reason that a person can fix. */
    static final class Stopped extends RunEnd {
        final String code;

        Stopped(String code, String sentence) {
            super(sentence);
            this.code = code;
        }
    }
}
