package social.coral.tenancy;

import java.io.IOException;
import social.coral.api.CurrentClient;

/**
 * Work that takes processor time by the length of what a tenant holds. A tenant does one such piece at a time, so that it
 * waits for itself and takes one thread from the others at the most, and what nobody waits for any more is not begun.
 */
public final class CostlyWork {

    private static final ScopedValue<Boolean> UNDER_WAY = ScopedValue.newInstance();
    private static final int PIECES_OF_A_TENANT = 1;

    private final TenantShares turns;

    /** @param atOnce how many tenants' pieces are done at once */
    CostlyWork(int atOnce) {
        this.turns = new TenantShares(PIECES_OF_A_TENANT, atOnce);
    }

    /** Does it when it is this tenant's turn; at once within such a piece, and where there is no tenant. */
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
