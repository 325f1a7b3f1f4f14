package social.coral.identity;

import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantShares;

/** Schema {@code auth}, as the role that may touch nothing else. No password is hashed inside one of its transactions. */
final class AuthDatabase {

    // The rest stays for what is only looked at, so that no request waits for somebody else's lock to learn who sent it.
    private static final int CHANGES_AT_ONCE = 4;

    private final DataSource connections;
    private final TenantShares changes = new TenantShares(1, CHANGES_AT_ONCE);
    private final JdbcClient client;
    private final TransactionTemplate transactions;

    AuthDatabase(DataSource connections) {
        this.connections = connections;
        this.client = JdbcClient.create(connections);
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(connections));
    }

    JdbcClient.StatementSpec sql(String sql) {
        return client.sql(sql);
    }

    /** Runs the work in one transaction, or in the one that is open around it. What the work throws rolls it back. */
    <T extends Object> T transaction(Supplier<T> work) {
        T result = execute(work);
        if (result == null) {
            throw new IllegalStateException("a transaction's work gave nothing");
        }
        return result;
    }

    /** Where a fault of the database has ended the connection, nothing can be rolled back, and the fault is what is told. */
    private <T extends Object> @Nullable T execute(Supplier<T> work) {
        try {
            return transactions.execute(status -> work.get());
        } catch (TransactionSystemException e) {
            if (e.getApplicationException() instanceof RuntimeException fault) {
                throw fault;
            }
            throw e;
        }
    }

    /**
     * As above, for what locks rows of this person: their changes happen one after another, and those that wait hold no connection
     * meanwhile.
     */
    <T extends Object> T transaction(UUID person, Supplier<T> work) {
        if (TransactionSynchronizationManager.hasResource(connections)) {
            return transaction(work);
        }
        try (TenantShares.Place place = changes.take(new Tenant(person))) {
            return transaction(work);
        }
    }

    /** Does this once the transaction around it is committed, or at once when there is none. */
    void afterCommit(Runnable work) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            work.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                work.run();
            }
        });
    }
}
