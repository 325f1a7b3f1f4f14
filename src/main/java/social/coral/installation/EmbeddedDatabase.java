package social.coral.installation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL from the packaged binaries, with its data in the data folder. Its database belongs to a role that is
 * no superuser, as on a server of the operator's, so that both ways of running meet the same rights. A server that ends or
 * hangs is started again, at the same port.
 */
final class EmbeddedDatabase implements DatabaseKeeper, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);

    static final String FOLDER = "postgres";
    static final String PASSWORD = "postgres.password";
    private static final int LONGEST_NAME = 800;
    private static final String OWNER = "coral";
    // PostgreSQL's own collation, so that an upgrade of the operating system cannot change the order of an index.
    private static final List<String> LOCALE = List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C");

    private final DataFolder folder;
    private final PostgresBinaries binaries;
    private final Path data;
    // Whoever ends the process waits until a start under way is through, and no start comes after it.
    private final ReentrantLock running = new ReentrantLock();
    private final ServerRestart revival;
    private @Nullable PostgresServer server;
    private int port;
    private boolean closed;

    EmbeddedDatabase(DataFolder folder, PostgresBinaries binaries) {
        this(folder, binaries, FOLDER);
    }

    /** One that has another folder inside the data folder. */
    EmbeddedDatabase(DataFolder folder, PostgresBinaries binaries, String name) {
        this.folder = folder;
        this.binaries = binaries;
        this.data = folder.resolve(name);
        this.revival = new ServerRestart(data);
    }

    /** Starts the server, ends one that a killed process left before, and makes the database on the first start. */
    DatabaseServer start() {
        running.lock();
        try {
            if (closed) {
                throw new StartFault("it was told to stop");
            }
            refuseName(data);
            RestoredFolder.takePlace(data);
            refuseForeignData();
            String password = folder.secret(PASSWORD, randomPassword());
            startServer(password);
            makeDatabase(port, password);
            return serverAt(port, password);
        } catch (IOException e) {
            throw new StartFault("the embedded PostgreSQL in " + data + " did not start (" + FaultReasons.of(e)
                    + "); its log is in " + folder.resolve("logs") + ", and with DATABASE_URL another server can be used", e);
        } catch (SQLException e) {
            throw new StartFault("the embedded PostgreSQL in " + data + " did not take its password or could not make the database ("
                    + e.getMessage() + "); if postgres.password was replaced, put the old one back", e);
        } finally {
            running.unlock();
        }
    }

    /** The database of a server that runs already. */
    static DatabaseServer serverAt(int port, String password) {
        return new DatabaseServer(address(port, OWNER), login(OWNER, password), true);
    }

    private void startServer(String password) throws IOException {
        PostgresServer fresh = new PostgresServer(binaries.bin(), data, folder.resolve("logs"));
        fresh.stop();
        Postmaster.forget(data);
        if (Files.notExists(data)) {
            fresh.initialise(password, LOCALE, folder.temporary());
        }
        server = fresh;
        port = fresh.start().port();
        binaries.forgetOthers();
    }

    @Override
    public void tend(Pulse pulse) {
        // Not while the process ends, which has the lock for itself then.
        if (!running.tryLock()) {
            return;
        }
        try {
            if (server != null && !closed) {
                revival.tend(server, port, pulse);
            }
        } finally {
            running.unlock();
        }
    }

    /** PostgreSQL writes the name into a file of lines, and holds the names of its files in a kilobyte. */
    private static void refuseName(Path folder) {
        String name = folder.toString();
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new StartFault("the data folder " + name.replaceAll("\\p{Cntrl}", "?") + " has a line break or the like in its name, which PostgreSQL"
                    + " cannot take; name another with CORAL_DATA");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new StartFault("the name of the data folder has more than " + LONGEST_NAME + " bytes, which PostgreSQL cannot take;"
                    + " name another with CORAL_DATA");
        }
    }

    /** Data that this version's PostgreSQL cannot open is named before anything touches it. */
    private void refuseForeignData() throws IOException {
        if (Files.notExists(data)) {
            return;
        }
        Path versionFile = data.resolve("PG_VERSION");
        if (Files.notExists(versionFile)) {
            throw new StartFault("the folder " + data + " is not that of a PostgreSQL server (PG_VERSION is missing); "
                    + "put the backup of it back, or move it away to start with an empty database");
        }
        String found = Files.readString(versionFile).strip();
        if (!found.equals(binaries.major())) {
            throw new StartFault("the database in " + data + " was written by PostgreSQL " + found + ", and this version of Coral Social brings "
                    + binaries.major() + "; with the version that wrote it: ./coral backup coral.backup; then with this one: ./coral restore --replace coral.backup");
        }
    }

    private void makeDatabase(int port, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(address(port, "postgres"), login("postgres", password));
                Statement statement = connection.createStatement()) {
            if (isMissing(statement, "select from pg_roles where rolname = '" + OWNER + "'")) {
                statement.execute("create role " + OWNER + " login createrole password '" + password + "'");
            }
            if (isMissing(statement, "select from pg_database where datname = '" + OWNER + "'")) {
                statement.execute("create database " + OWNER + " owner " + OWNER);
            }
        }
    }

    private static boolean isMissing(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return !rows.next();
        }
    }

    private static Properties login(String user, String password) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return properties;
    }

    private static String address(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static String randomPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Stops the server for good. Called when the application ends, and again when the process does. */
    @Override
    public void close() {
        running.lock();
        try {
            if (server != null && !closed) {
                server.stop();
            }
            closed = true;
        } catch (IOException e) {
            log.error("The embedded PostgreSQL did not stop; the next start will end it", e);
        } finally {
            running.unlock();
        }
    }
}
