package social.coral.api;

import java.util.function.BooleanSupplier;
import org.apache.catalina.connector.ClientAbortException;

/**
 * Whoever waits for the answer to the running request. Work that takes long asks between its pieces whether anybody still
 * does, so that what was asked for by somebody who hung up costs nobody's time.
 */
public final class Requester {

    private static final ScopedValue<BooleanSupplier> GONE = ScopedValue.newInstance();

    private Requester() {}

    /** Binds how to find out to what runs inside. */
    public static ScopedValue.Carrier whoIsGoneWhen(BooleanSupplier gone) {
        return ScopedValue.where(GONE, gone);
    }

    /** Whether the connection was closed or broke. Always false where no request is being answered. */
    public static boolean isGone() {
        return GONE.isBound() && GONE.get().getAsBoolean();
    }

    /** Ends the work for somebody who is gone, in the way in which a failed write to them does, which nothing tells or logs. */
    public static void mustBeThere() throws ClientAbortException {
        if (isGone()) {
            throw new ClientAbortException("whoever asked has hung up");
        }
    }
}
