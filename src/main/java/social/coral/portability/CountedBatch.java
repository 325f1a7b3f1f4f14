package social.coral.portability;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.springframework.dao.DataAccessException;
import social.coral.tenancy.TenantDoor;
import social.coral.tenancy.TenantStatement;

/**
 * Adds rows in one transaction and counts them. If the reply to the commit was lost with the connection, it waits until that
 * transaction has ended and looks for its rows.
 */
public final class CountedBatch {

    private static final int LOOKS = 30;
    private static final long BETWEEN_LOOKS_MILLIS = 500;

    /**
     * The rows that a statement added.
     *
     * @param transaction the one that wrote the rows, as an {@code xid8}
     */
    public record Written(int rows, String transaction) {

        private static final Written NOTHING = new Written(0, "");

        /**
         * Runs a statement that returns {@code cast(pg_current_xact_id() as text)} first for each row that it adds.
         *
         * @param added takes each row as the statement returns it
         */
        public static Written by(TenantStatement adding, TenantStatement.RowTaker added) {
            List<String> transactions = new ArrayList<>();
            adding.each(row -> {
                transactions.add(row.getString(1));
                added.take(row);
            });
            return transactions.isEmpty() ? NOTHING : new Written(transactions.size(), transactions.getFirst());
        }
    }

    /** Thrown when it is unknown whether these rows were stored. */
    static final class Unsure extends RuntimeException {

        private final int rows;

        private Unsure(int rows, DataAccessException cause) {
            super(cause);
            this.rows = rows;
        }

        int rows() {
            return rows;
        }
    }

    private final TenantDoor door;
    private final ToIntFunction<String> there;

    /**
     * @param there how many rows of the tenant were written by this transaction, an {@code xid8}
     */
    public CountedBatch(TenantDoor door, ToIntFunction<String> there) {
        this.door = door;
        this.there = there;
    }

    /** Runs the insert and returns how many rows were added. */
    public int add(Supplier<Written> adding) {
        Written[] written = {Written.NOTHING};
        try {
            return door.transaction(() -> {
                written[0] = adding.get();
                return written[0].rows();
            });
        } catch (DataAccessException e) {
            Written perhaps = written[0];
            if (perhaps.rows() == 0 || ImportFault.isOfTheRow(e) || lookFor(perhaps, e) == 0) {
                throw e;
            }
            return perhaps.rows();
        }
    }

    private int lookFor(Written perhaps, DataAccessException lost) {
        for (int look = 0; look < LOOKS; look++) {
            try {
                if (hasEnded(perhaps.transaction())) {
                    return there.applyAsInt(perhaps.transaction());
                }
            } catch (DataAccessException e) {
                if (ImportFault.isOfTheRow(e)) {
                    break;
                }
            }
            if (!waited()) {
                break;
            }
        }
        throw new Unsure(perhaps.rows(), lost);
    }

    /** Reports whether the transaction has ended. A commit can go on after its client has given up. */
    private boolean hasEnded(String transaction) {
        return door.sql("select pg_visible_in_snapshot(cast(:transaction as xid8), pg_current_snapshot())")
                .param("transaction", transaction)
                .one(row -> row.getBoolean(1));
    }

    private static boolean waited() {
        try {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
