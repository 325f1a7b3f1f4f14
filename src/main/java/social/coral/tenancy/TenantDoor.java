package social.coral.tenancy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpStatus;
import social.coral.api.AccountGone;
import social.coral.api.Failure;

/**
 * The only way to tenant tables. Refuses without a tenant before any SQL runs; tells PostgreSQL whose work it is, for
 * that transaction alone; and binds {@code :tenant} in every statement, which nobody else can.
 */
public final class TenantDoor {

    private static final String SNAPSHOT = """
            set transaction isolation level repeatable read, read only;
            set local time zone 'UTC';
            set local intervalstyle = iso_8601
            """;

    private static final String NOT_ALLOWED = "42501";
    private static final int ALL_ROWS = 0;
    private static final ScopedValue<Duration> STATEMENT_LIMIT = ScopedValue.newInstance();

    private final DataSource connections;
    private final TenantShares shares;
    private final ReadingTurns turns = new ReadingTurns();
    private final TenantClaims claims;
    private final RowBounds bounds;
    private final SessionSettings settings = new SessionSettings();
    private final Map<String, List<AtEnd<UUID>>> followers = new ConcurrentHashMap<>();

    TenantDoor(DataSource connections, TenantShares shares, ClaimsKey key, RowBounds bounds) {
        this.connections = connections;
        this.shares = shares;
        this.claims = new TenantClaims(key);
        this.bounds = bounds;
    }

    /**
     * A statement on tenant tables, with named parameters. Outside {@link #transaction} it is a transaction of its own,
     * sent with the claims in a single round trip; inside, it is a part of that transaction.
     */
    public TenantStatement sql(String sql) {
        return new TenantStatement(this, sql);
    }

    /** Limits how long each statement may take in the work that the carrier runs, so that none keeps for long what others wait for. */
    public static ScopedValue.Carrier limitingStatements(Duration limit) {
        return ScopedValue.where(STATEMENT_LIMIT, limit);
    }

    /** Runs the work in one transaction, or in the one that is already open around it. What the work throws rolls it back. */
    public <T extends Object> T transaction(Supplier<T> work) {
        Tenant tenant = Tenant.current();
        if (OpenTransaction.isOpen()) {
            OpenTransaction.current().joinedBy(tenant);
            return work.get();
        }
        return opened(tenant, "", work);
    }

    private <T extends Object> T opened(Tenant tenant, String kind, Supplier<T> work) {
        try {
            return committed(tenant, kind, work);
        } catch (DataAccessException e) {
            throw goneOr(tenant, e);
        }
    }

    private <T extends Object> T committed(Tenant tenant, String kind, Supplier<T> work) {
        try (TenantShares.Place place = shares.take(tenant);
                Connection connection = settings.learn(connections.getConnection())) {
            connection.setAutoCommit(false);
            try {
                begin(connection, kind);
                claims.set(connection, tenant);
                T result = new OpenTransaction(tenant, connection).run(work);
                connection.commit();
                connection.setAutoCommit(true);
                settings.restore(connection);
                return result;
            } catch (Throwable e) {
                rollBack(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw StatementFaults.translated("transaction", e);
        }
    }

    /**
     * Runs a search: its statements end after a few seconds, a tenant has one at a time, and all of them together have a few
     * connections. One that takes longer is a {@link Failure} of 422.
     */
    <T extends Object> T search(Supplier<T> work) {
        return turns.searching(() -> limited(work));
    }

    /** Searches for a list. */
    <T extends Object> T searchForRows(Supplier<T> work) {
        return turns.searching(() -> holdingRows(() -> limited(work)));
    }

    private <T extends Object> T limited(Supplier<T> work) {
        try {
            return transaction(() -> {
                sql("set local statement_timeout = '3s'").update();
                return work.get();
            });
        } catch (QueryTimeoutException e) {
            throw Failure.of(HttpStatus.UNPROCESSABLE_CONTENT, "search_too_long", "This search takes too long. Search for fewer or other words.");
        }
    }

    /** Reads a list when there is room for its rows. Inside a transaction, which must not wait, it is read at once. */
    <T extends Object> T holdingRows(Supplier<T> work) {
        return OpenTransaction.isOpen() ? work.get() : turns.holdingRows(work);
    }

    /** As {@link #transaction(Supplier)}, for work without a result. */
    public void transaction(Runnable work) {
        transaction(() -> {
            work.run();
            return true;
        });
    }

    /**
     * Lets one transaction of the tenant at a time go on from here: waits for the tenant's other holders and keeps the lock to the
     * end of the transaction that is open.
     */
    public void lockTenant() {
        sql("select user_id from public.user_profiles where user_id = :tenant for update").first(row -> true);
    }

    /**
     * Enters into the audit what the open transaction does, in that transaction: the entry is there if the change is.
     *
     * @param action a thing and what is done to it, such as {@code api_key.opened}
     * @param subject which one; what is beyond 200 characters is cut
     */
    public void audit(String action, Object subject) {
        OpenTransaction.required(action).end().enter(action, subject);
    }

    /** Has work done at the end of each transaction that changes rows of a table, with the ids of those that were added or changed. */
    public void follow(String table, AtEnd<UUID> work) {
        followers.computeIfAbsent(table, first -> new CopyOnWriteArrayList<>()).add(work);
    }

    /**
     * Tells whoever follows a table which of its rows the open transaction adds or changes. What they lock is locked after everything else
     * of the transaction but the audit.
     */
    public void changed(String table, Collection<UUID> ids) {
        if (!ids.isEmpty()) {
            tell(table, ids);
        }
    }

    /** Tells whoever follows a table that the open transaction removes rows of it. */
    public void removed(String table) {
        tell(table, List.of());
    }

    private void tell(String table, Collection<UUID> ids) {
        for (AtEnd<UUID> work : followers.getOrDefault(table, List.of())) {
            OpenTransaction.required("a change of " + table).end().add(work, ids);
        }
    }

    /**
     * Runs the work in a transaction of its own that only reads, and sees the tenant's rows as they all were at one moment,
     * with times in UTC and intervals as ISO 8601 tells them.
     */
    public <T extends Object> T snapshot(Supplier<T> work) {
        if (OpenTransaction.isOpen()) {
            throw new IllegalStateException("a snapshot cannot begin inside a transaction");
        }
        return opened(Tenant.current(), SNAPSHOT, work);
    }

    <T extends Object> T execute(ParsedStatement statement, StatementResult<T> result) {
        return execute(statement, ALL_ROWS, result);
    }

    /** As above; inside a transaction only so many rows come at once, and the others when these are read. */
    <T extends Object> T execute(ParsedStatement statement, int rowsAtOnce, StatementResult<T> result) {
        Supplier<T> work = () -> executed(statement, rowsAtOnce, result);
        if (statement.grown() != null) {
            return bounds.keep(this, statement.grown(), statement.rows(), work);
        }
        return statement.changed() == null ? work.get() : bounds.keepWithinPlan(this, statement.changed(), statement.sql(), work);
    }

    private <T extends Object> T executed(ParsedStatement statement, int rowsAtOnce, StatementResult<T> result) {
        Tenant tenant = Tenant.current();
        try {
            if (OpenTransaction.isOpen()) {
                return OpenTransaction.current().execute(tenant, statement, rowsAtOnce, result);
            }
            return statement.lacksValue() ? transaction(() -> executed(statement, rowsAtOnce, result)) : executeAlone(tenant, statement, result);
        } catch (SQLException e) {
            DataAccessException failure = StatementFaults.translated(statement.sql(), e);
            throw OpenTransaction.isOpen() ? failure : goneOr(tenant, failure);
        }
    }

    /**
     * pgjdbc sends both parts before one Sync: one round trip, one implicit transaction, the claims gone with it. Not so
     * when a null leaves a parameter's type open: it then asks for the statement's description, and from the second time
     * on, to be safe from results of unknown size, it puts a Sync between the parts, which ends the claims too early.
     */
    private <T extends Object> T executeAlone(Tenant tenant, ParsedStatement statement, StatementResult<T> result)
            throws SQLException {
        try (TenantShares.Place place = shares.take(tenant);
                Connection connection = settings.learn(connections.getConnection());
                PreparedStatement prepared = claims.prepare(connection, tenant, statement.withClaims())) {
            Binding.bind(prepared, TenantClaims.PARAMETERS + 1, statement.values());
            limit(prepared);
            prepared.execute();
            prepared.getMoreResults();
            T read = result.read(prepared);
            settings.restore(connection);
            return read;
        }
    }

    static void limit(PreparedStatement statement) throws SQLException {
        if (STATEMENT_LIMIT.isBound()) {
            statement.setQueryTimeout((int) STATEMENT_LIMIT.get().toSeconds());
        }
    }

    /** Tells a refusal because the claims count for nothing any more, whoever made them, from one that is a fault of the statement. */
    private DataAccessException goneOr(Tenant tenant, DataAccessException failure) {
        return failure.getMostSpecificCause() instanceof SQLException refused && NOT_ALLOWED.equals(refused.getSQLState()) && isGone(tenant, refused)
                ? new AccountGone()
                : failure;
    }

    /** On another connection, because one with such a failure is not used again. */
    private boolean isGone(Tenant tenant, SQLException refused) {
        try (TenantShares.Place place = shares.take(tenant);
                Connection connection = connections.getConnection()) {
            return claims.areVoid(connection, tenant);
        } catch (SQLException e) {
            refused.addSuppressed(e);
            return false;
        }
    }

    /** Before the claims, because a transaction's kind can be set only before its first query. */
    private static void begin(Connection connection, String kind) throws SQLException {
        if (!kind.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(kind);
            }
        }
    }

    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Reads what a statement gave, positioned at its own result. */
    interface StatementResult<T> {
        T read(PreparedStatement executed) throws SQLException;
    }
}
