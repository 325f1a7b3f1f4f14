package social.coral.tenancy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** A door whose connection breaks at one commit: before the database has heard of it, or after it has done it. */
public final class LostAnswers extends AbstractDataSource {

    /** When the connection breaks. */
    public enum Break {
        BEFORE_THE_COMMIT,
        AFTER_THE_COMMIT
    }

    private final DataSource real;
    private final AtomicReference<Break> next = new AtomicReference<>();

    private LostAnswers(DataSource real) {
        this.real = real;
    }

    /** A door of which the next commit, and no later one, breaks so. */
    public static TenantDoor door(Databases databases, Break at) {
        LostAnswers connections = new LostAnswers(databases.pool(LoginRole.TENANT));
        connections.next.set(at);
        return new TenantDoor(connections, new TenantShares(2, 100), databases.claimsKey(), databases.bounds());
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = real.getConnection();
        return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
            Break now = method.getName().equals("commit") ? next.getAndSet(null) : null;
            if (now == Break.AFTER_THE_COMMIT) {
                connection.commit();
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

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }
}
