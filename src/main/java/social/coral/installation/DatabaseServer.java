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
 * The PostgreSQL server that this installation stands on, reached as the owner of its database.
 *
 * @param jdbcUrl the address, without credentials
 * @param owner the user and password of the database's owner, and the other connection properties, in pgjdbc's names
 * @param embedded whether this process started the server and stops it
 */
public record DatabaseServer(String jdbcUrl, Properties owner, boolean embedded) {

    /** The owner's properties with another login in place of the owner's. */
    public Properties as(String user, String password) {
        Properties properties = new Properties();
        properties.putAll(owner);
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return properties;
    }

    /** Says where it is, never with which password. */
    @Override
    public String toString() {
        return "DatabaseServer[" + name() + "]";
    }

    /** Hosts, ports and database, as a person names them. */
    public String name() {
        return jdbcUrl.substring(jdbcUrl.indexOf("//") + 2);
    }

    /** A connection as the owner. A server that cannot be had, for whatever reason, is a {@link StartFault}. */
    public Connection connectAsOwner() {
        try {
            return DriverManager.getConnection(jdbcUrl, owner);
        } catch (SQLException e) {
            throw new StartFault(sentence(e), e);
        }
    }

    /** A connection as the embedded server's superuser; on a server of the operator's there is none to be had. */
    public Optional<Connection> connectAsAdministrator() throws SQLException {
        return embedded
                ? Optional.of(DriverManager.getConnection(jdbcUrl, as("postgres", owner.getProperty("password"))))
                : Optional.empty();
    }

    private String sentence(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        String said = FaultReasons.firstLine(e);
        if (state.equals("3D000")) {
            String database = name().substring(name().lastIndexOf('/') + 1);
            return "the server of DATABASE_URL has no database \"" + database + "\"; make it as an administrator: create database " + database
                    + " owner " + owner.getProperty("user");
        }
        if (state.startsWith("28")) {
            return "the database at " + name() + " refused the user or password of DATABASE_URL (" + said + "); correct them there";
        }
        String reason = switch (e.getCause()) {
            case UnknownHostException unknown -> "no host has the name " + unknown.getMessage();
            case ConnectException refused -> "connection refused";
            case SocketTimeoutException late -> "no answer in time";
            case null, default -> said;
        };
        return "the database at " + name() + " does not answer (" + reason + "); start it, or correct host, port and parameters in DATABASE_URL";
    }
}
