package social.coral.tenancy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** A door whose connection breaks at one commit: before the database has heard of it, while it is at it, or after it has done it. */
public final class LostAnswers extends AbstractDataSource {

    /** When the connection breaks. */
    public enum Break {
        BEFORE_THE_COMMIT,
        AFTER_THE_COMMIT,
        DURING_THE_COMMIT
    }

    private final DataSource real;
    private final CompletableFuture<?> end;
    private final AtomicReference<Break> next = new AtomicReference<>();

    private LostAnswers(DataSource real, Break at, CompletableFuture<?> end) {
        this.real = real;
        this.end = end;
        next.set(at);
    }

    /** A door of which the next commit, and no later one, breaks so. */
    public static TenantDoor door(Databases databases, Break at) {
        return door(databases, at, CompletableFuture.completedFuture(null));
    }

    /** A door of which the next commit, and no later one, gets no answer, and goes on in the database to this end. */
    public static TenantDoor door(Databases databases, CompletableFuture<?> end) {
        return door(databases, Break.DURING_THE_COMMIT, end);
    }

    private static TenantDoor door(Databases databases, Break at, CompletableFuture<?> end) {
        LostAnswers connections = new LostAnswers(databases.pool(LoginRole.TENANT), at, end);
        return new TenantDoor(connections, new TenantShares(2, 100), databases.claimsKey(), new RowBounds(databases.tables()));
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = real.getConnection();
        AtomicBoolean left = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
            if (left.get()) {
                return null;
            }
            Break now = method.getName().equals("commit") ? next.getAndSet(null) : null;
            if (now == Break.AFTER_THE_COMMIT) {
                connection.commit();
            }
            if (now == Break.DURING_THE_COMMIT) {
                left.set(true);
                var unused = end.thenRun(() -> commit(connection));
            }
            if (now != null) {
                throw new SQLException("An I/O error occurred while sending to the backend.", "08006");
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        });
    }

    private static void commit(Connection connection) {
        try (connection) {
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }
}
