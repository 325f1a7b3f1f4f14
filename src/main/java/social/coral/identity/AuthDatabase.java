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

/** Access to schema {@code auth}, as a role that may use nothing else. Passwords are never hashed inside one of its transactions. */
final class AuthDatabase {

    // The other connections are for reads, so that authenticating a request never waits for another person's lock.
    private static final int MAX_CONCURRENT_CHANGES = 4;

    private final DataSource connections;
    private final TenantShares changes = new TenantShares(1, MAX_CONCURRENT_CHANGES);
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

    /** Runs the work in a transaction, or in the caller's. An exception rolls it back. */
    <T extends Object> T transaction(Supplier<T> work) {
        T result = execute(work);
        if (result == null) {
            throw new IllegalStateException("the work of a transaction returned null");
        }
        return result;
    }

    /** Throws the original exception when the connection was lost and the rollback failed. */
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
     * Runs work that locks rows of this person in a transaction. Such changes run one after another, and those that wait hold no
     * connection.
     */
    <T extends Object> T transaction(UUID person, Supplier<T> work) {
        if (TransactionSynchronizationManager.hasResource(connections)) {
            return transaction(work);
        }
        try (TenantShares.Place place = changes.take(new Tenant(person))) {
            return transaction(work);
        }
    }

    /** Runs the work after the current transaction has committed, or at once when there is none. */
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
