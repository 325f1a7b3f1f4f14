package social.coral.tenancy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import social.coral.tenancy.TenantDoor.StatementResult;

/**
 * A transaction under way, whose claims name its tenant: a row that another wrote in it would be this one's.
 *
 * @param failure of the statement that failed in it, after which nothing of it can be done
 */
record OpenTransaction(Tenant tenant, Connection connection, TransactionEnd end, AtomicReference<@Nullable SQLException> failure) {

    private static final ScopedValue<OpenTransaction> CURRENT = ScopedValue.newInstance();

    OpenTransaction(Tenant tenant, Connection connection) {
        this(tenant, connection, new TransactionEnd(), new AtomicReference<>());
    }

    /** Reports whether this thread works in one. */
    static boolean isOpen() {
        return CURRENT.isBound();
    }

    static OpenTransaction current() {
        return CURRENT.get();
    }

    /** Returns the one that is open, for what must not be entered outside of one. */
    static OpenTransaction required(String what) {
        if (!isOpen()) {
            throw new IllegalStateException(what + " is to be entered outside a transaction");
        }
        return current();
    }

    /** Does the work and what follows from it, up to the commit. */
    <T extends Object> T run(Supplier<T> work) throws SQLException {
        T result = ScopedValue.where(CURRENT, this).call(() -> {
            T made = work.get();
            end.work();
            return made;
        });
        refuseFailed();
        end.enterAll(connection);
        return result;
    }

    <T extends Object> T execute(Tenant other, ParsedStatement statement, int rowsAtOnce, StatementResult<T> result) throws SQLException {
        joinedBy(other);
        refuseFailed();
        try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
            prepared.setFetchSize(rowsAtOnce);
            Binding.bind(prepared, 1, statement.values());
            TenantDoor.limit(prepared);
            prepared.execute();
            return result.read(prepared);
        } catch (SQLException e) {
            failure.compareAndSet(null, e);
            throw e;
        }
    }

    void joinedBy(Tenant other) {
        if (!tenant.equals(other)) {
            throw new IllegalStateException("work for one tenant inside another's transaction");
        }
    }

    /** Tells whoever continues all the same what failed, and not only that something did. */
    private void refuseFailed() throws SQLException {
        SQLException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }
}
