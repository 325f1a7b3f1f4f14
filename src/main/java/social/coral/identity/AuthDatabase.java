package social.coral.identity;

import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Schema {@code auth}, as the role that may touch nothing else. No password is hashed inside one of its transactions. */
final class AuthDatabase {

    private final JdbcClient client;
    private final TransactionTemplate transactions;

    AuthDatabase(DataSource connections) {
        this.client = JdbcClient.create(connections);
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(connections));
    }

    JdbcClient.StatementSpec sql(String sql) {
        return client.sql(sql);
    }

    /** Runs the work in one transaction, or in the one that is open around it. What the work throws rolls it back. */
    <T extends Object> T transaction(Supplier<T> work) {
        T result = transactions.execute(status -> work.get());
        if (result == null) {
            throw new IllegalStateException("a transaction's work gave nothing");
        }
        return result;
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
