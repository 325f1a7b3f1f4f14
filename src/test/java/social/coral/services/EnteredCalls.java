package social.coral.services;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.Call.Outcome;
import social.coral.usage.OpenCall;

/** Makes the calls of a test, and keeps what would be entered in the ledger. */
public final class EnteredCalls implements Caller {

    /** One call that ended. */
    public record Entered(Call call, Amount most, Outcome outcome, Amount used) {}

    private final List<Entered> entered = new ArrayList<>();
    private int open;

    @Override
    public OpenCall open(Call call, Amount most) {
        open++;
        return new OpenCall() {
            @Override
            public void settle(Outcome outcome, Amount used, Duration took) {
                open--;
                entered.add(new Entered(call, most, outcome, used));
            }

            @Override
            public void release() {
                open--;
            }
        };
    }

    public List<Entered> list() {
        return entered;
    }

    /** How many calls were opened and neither settled nor released. */
    public int stillOpen() {
        return open;
    }
}
