package social.coral.installation;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/**
 * The PostgreSQL server of this installation, with the login of its database's owner.
 *
 * @param jdbcUrl the address, without credentials
 * @param owner the user and password of the database's owner, and the other connection properties, in pgjdbc's names
 * @param embedded whether this process started the server and stops it
 */
public record DatabaseServer(String jdbcUrl, Properties owner, boolean embedded) {

    /** Returns the owner's connection properties with another login. */
    public Properties as(String user, String password) {
        Properties properties = new Properties();
        properties.putAll(owner);
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return properties;
    }

    /** Leaves out the password. */
    @Override
    public String toString() {
        return "DatabaseServer[" + name() + "]";
    }

    /** Returns hosts, ports and database, without the scheme. */
    public String name() {
        return jdbcUrl.substring(jdbcUrl.indexOf("//") + 2);
    }

    /** Connects as the owner. Throws {@link StartFault} when the connection fails. */
    public Connection connectAsOwner() {
        try {
            return DriverManager.getConnection(jdbcUrl, owner);
        } catch (SQLException e) {
            throw new StartFault(sentence(e), e);
        }
    }

    /** Connects as the embedded server's superuser. Empty for an external server. */
    public Optional<Connection> connectAsAdministrator() throws SQLException {
        return embedded
                ? Optional.of(DriverManager.getConnection(jdbcUrl, as("postgres", owner.getProperty("password"))))
                : Optional.empty();
    }

    private String sentence(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        String message = FaultReasons.firstLine(e);
        if (state.equals("3D000")) {
            String database = name().substring(name().lastIndexOf('/') + 1);
            return "The server of DATABASE_URL has no database \"" + database + "\". Run as an administrator: create database " + database
                    + " owner " + owner.getProperty("user") + ".";
        }
        if (state.startsWith("28")) {
            return "The database at " + name() + " refused the user or password of DATABASE_URL (" + message + "). Correct them there.";
        }
        String reason = switch (e.getCause()) {
            case UnknownHostException unknown -> "unknown host " + unknown.getMessage();
            case ConnectException refused -> "connection refused";
            case SocketTimeoutException late -> "no answer in time";
            case null, default -> message;
        };
        return "The database at " + name() + " does not answer (" + reason + "). Start it, or correct host, port and parameters in DATABASE_URL.";
    }
}
