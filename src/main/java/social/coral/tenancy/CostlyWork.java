package social.coral.tenancy;

import java.io.IOException;
import social.coral.api.CurrentClient;

/**
 * Runs work whose processor time grows with a tenant's data. A tenant has one such piece at a time, so it takes at most one thread
 * from the others, and work that nobody waits for any more is not started.
 */
public final class CostlyWork {

    private static final ScopedValue<Boolean> UNDER_WAY = ScopedValue.newInstance();
    private static final int PIECES_OF_A_TENANT = 1;

    private final TenantShares turns;

    /** @param atOnce how many pieces run at once */
    CostlyWork(int atOnce) {
        this.turns = new TenantShares(PIECES_OF_A_TENANT, atOnce);
    }

    /** Runs it when it is this tenant's turn; at once within such a piece and where there is no tenant. */
    public <T extends Object> T inTurn(Piece<T> piece) throws IOException {
        if (!Tenant.isBound() || UNDER_WAY.isBound()) {
            return piece.work();
        }
        try (TenantShares.Place place = turns.take(Tenant.current())) {
            CurrentClient.requireConnected();
            return ScopedValue.where(UNDER_WAY, true).call(piece::work);
        }
    }

    /** A piece of work that holds no connection and waits for nobody. */
    public interface Piece<T> {
        T work() throws IOException;
    }
}
