package social.coral.tenancy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.datasource.AbstractDataSource;
import social.coral.api.Failure;
import social.coral.installation.DatabaseServer;

/**
 * Logs in as one role. When the master key changes, the role's password changes with it at a moment that no process can
 * foresee: a login that is refused is tried with the passwords of the other known keys, and of one that was made meanwhile.
 */
final class RoleLogin extends AbstractDataSource {

    static final String WRONG_PASSWORD = "28P01";
    private static final int MAX_RESULT_MEGABYTES = 32;
    private static final int USUAL_PATIENCE = 60;
    private static final int MAX_CONNECT_SECONDS = 10;

    private final DatabaseServer server;
    private final LoginRole role;
    private final RolePasswords passwords;
    private final int patience;
    private final Set<Connection> open = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private volatile @Nullable String lastRight;

    RoleLogin(DatabaseServer server, LoginRole role, RolePasswords passwords) {
        this(server, role, passwords, USUAL_PATIENCE);
    }

    /** @param patience for how many seconds an answer is waited for */
    RoleLogin(DatabaseServer server, LoginRole role, RolePasswords passwords, int patience) {
        this.server = server;
        this.role = role;
        this.passwords = passwords;
        this.patience = patience;
    }

    @Override
    public Connection getConnection() throws SQLException {
        String likely = lastRight;
        SQLException refused = null;
        for (String password : likely == null ? passwords.candidates(role) : List.of(likely)) {
            try {
                return connect(password);
            } catch (SQLException e) {
                refused = wrongPassword(e);
            }
        }
        passwords.lookAgain();
        for (String password : passwords.candidates(role)) {
            try {
                return connect(password);
            } catch (SQLException e) {
                refused = wrongPassword(e);
            }
        }
        throw refused == null ? new SQLException("no password for " + role.roleName) : refused;
    }

    private Connection connect(String password) throws SQLException {
        Properties properties = server.as(role.roleName, password);
        // From the first time on, unless DATABASE_URL says that a pooler stands between, which hands statements to any session.
        properties.putIfAbsent("prepareThreshold", "1");
        properties.setProperty("socketTimeout", Integer.toString(patience));
        properties.putIfAbsent("connectTimeout", Integer.toString(Math.min(patience, MAX_CONNECT_SECONDS)));
        // The last safeguard: a result that does not fit into memory ends its statement and not the process.
        properties.setProperty("maxResultBuffer", MAX_RESULT_MEGABYTES + "M");
        Connection connection = DriverManager.getConnection(server.jdbcUrl(), properties);
        lastRight = password;
        open.add(connection);
        return connection;
    }

    /** Translates a result too long for memory, which the driver reports as a broken connection. */
    static void refuseTooLong(SQLException e) {
        if (String.valueOf(e.getMessage()).contains("maxResultBuffer")) {
            throw Failure.of(HttpStatus.UNPROCESSABLE_CONTENT, "result_too_long",
                    "The result is larger than " + MAX_RESULT_MEGABYTES + " MB. Ask for fewer rows, or export some and remove them.");
        }
    }

    /** Closes every open connection, including those that wait for an answer. */
    void cut() {
        List<Connection> all;
        synchronized (open) {
            all = List.copyOf(open);
        }
        for (Connection connection : all) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                logger.debug("A connection did not let itself be cut", e);
            }
        }
    }

    private static SQLException wrongPassword(SQLException e) throws SQLException {
        if (!WRONG_PASSWORD.equals(e.getSQLState())) {
            throw e;
        }
        return e;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLException("only " + role.roleName + " logs in here");
    }
}
