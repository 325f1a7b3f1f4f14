package social.coral.installation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server from the packaged binaries, with its data in the data folder. As on an external server, the database
 * belongs to a role that is not a superuser, so that both setups work with the same rights. A server that ends or hangs is
 * restarted on the same port.
 */
final class EmbeddedDatabase implements DatabaseSupervisor, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);

    static final String FOLDER = "postgres";
    static final String PASSWORD = "postgres.password";
    private static final int MAX_PATH_BYTES = 800;
    private static final String OWNER = "coral";
    // PostgreSQL's own collation, so that an upgrade of the operating system cannot change the order of an index.
    private static final List<String> LOCALE = List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C");

    private final DataFolder folder;
    private final PostgresBinaries binaries;
    private final Path data;
    // Closing waits for a start in progress, and prevents later ones.
    private final ReentrantLock lock = new ReentrantLock();
    private final ServerRestart restart;
    private @Nullable PostgresServer server;
    private int port;
    private boolean closed;

    EmbeddedDatabase(DataFolder folder, PostgresBinaries binaries) {
        this(folder, binaries, FOLDER);
    }

    /** Uses another folder inside the data folder. */
    EmbeddedDatabase(DataFolder folder, PostgresBinaries binaries, String name) {
        this.folder = folder;
        this.binaries = binaries;
        this.data = folder.resolve(name);
        this.restart = new ServerRestart(data);
    }

    /** Stops a server that a killed process left running, starts the server, and creates the database on the first start. */
    DatabaseServer start() {
        lock.lock();
        try {
            if (closed) {
                throw new StartFault("The embedded PostgreSQL is shutting down.");
            }
            checkName(data);
            RestoredFolder.activate(data);
            checkVersion();
            String password = folder.secret(PASSWORD);
            startServer(password);
            createDatabase(port, password);
            return serverAt(port, password);
        } catch (IOException e) {
            throw new StartFault("The embedded PostgreSQL in " + data + " did not start (" + FaultReasons.of(e)
                    + "). Its log is in " + folder.resolve("logs") + ". To use another server, set DATABASE_URL.", e);
        } catch (SQLException e) {
            throw new StartFault("The embedded PostgreSQL in " + data + " refused its password or could not create the database ("
                    + e.getMessage() + "). If postgres.password was replaced, put the old file back.", e);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the database of a server that is running already. */
    static DatabaseServer serverAt(int port, String password) {
        return new DatabaseServer(address(port, OWNER), login(OWNER, password), true);
    }

    private void startServer(String password) throws IOException {
        PostgresServer fresh = new PostgresServer(binaries.bin(), data, folder.resolve("logs"));
        fresh.stop();
        Postmaster.deletePidFile(data);
        if (Files.notExists(data)) {
            fresh.initialise(password, LOCALE, folder.temporary());
        }
        server = fresh;
        port = fresh.start().port();
        binaries.deleteOtherVersions();
    }

    @Override
    public void onProbe(ProbeResult result) {
        // Fails while the process is ending, because that holds the lock.
        if (!lock.tryLock()) {
            return;
        }
        try {
            if (server != null && !closed) {
                restart.onProbe(server, port, result);
            }
        } finally {
            lock.unlock();
        }
    }

    /** PostgreSQL writes the path into a file with one value per line, and keeps file names in a buffer of a kilobyte. */
    private static void checkName(Path folder) {
        String name = folder.toString();
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new StartFault("The data folder " + name.replaceAll("\\p{Cntrl}", "?") + " has a line break or another control character in its name, which"
                    + " PostgreSQL does not allow. Choose another folder with CORAL_DATA.");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw new StartFault("The path of the data folder has more than " + MAX_PATH_BYTES + " bytes, which is too long for PostgreSQL."
                    + " Choose another folder with CORAL_DATA.");
        }
    }

    /** Refuses data that this version's PostgreSQL cannot open, before anything touches it. */
    private void checkVersion() throws IOException {
        if (Files.notExists(data)) {
            return;
        }
        Path versionFile = data.resolve("PG_VERSION");
        if (Files.notExists(versionFile)) {
            throw new StartFault("The folder " + data + " does not hold the data of a PostgreSQL server (PG_VERSION is missing)."
                    + " Restore it from a backup, or move it away to start with an empty database.");
        }
        String found = Files.readString(versionFile).strip();
        if (!found.equals(binaries.major())) {
            throw new StartFault("The database in " + data + " was written by PostgreSQL " + found + ", but this version of Coral Social includes PostgreSQL "
                    + binaries.major() + ". Run ./coral backup coral.backup with the version that wrote it, then ./coral restore --replace coral.backup"
                    + " with this one.");
        }
    }

    private void createDatabase(int port, String password) throws SQLException {
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

    /** Stops the server for good. Called when the application ends and again when the process ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (server != null && !closed) {
                server.stop();
            }
            closed = true;
        } catch (IOException e) {
            log.error("The embedded PostgreSQL did not stop. The next start will stop it", e);
        } finally {
            lock.unlock();
        }
    }
}
