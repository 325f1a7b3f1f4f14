package social.coral.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * An external PostgreSQL server, on which an administrator creates a database and an owner who
 * is no superuser. Its programs are those that the system property {@code coral.test.postgres-bin} names, or the
 * packaged ones. It ends with the tests.
 */
public final class TestServer {

    public static final String BIN = "coral.test.postgres-bin";
    /** Where the packaged PostgreSQL is unpacked, by each of the processes that run tests for itself. */
    public static final Path BINARIES = Path.of(System.getProperty("coral.test.binaries", "target/test-postgres")).toAbsolutePath();

    private static final String PASSWORD = "administrator";

    private final PostgresServer server;
    private final Path data;
    private final int port;

    private TestServer(PostgresServer server, Path data, int port) {
        this.server = server;
        this.data = data;
        this.port = port;
    }

    public static TestServer start() {
        return start(System.getProperty(BIN) == null ? null : Path.of(System.getProperty(BIN)));
    }

    /** A server of another major version than the packaged one, where the machine has one. */
    public static Optional<TestServer> startOlder() {
        return Stream.of("15", "16", "17").map(major -> Path.of("/usr/lib/postgresql", major, "bin")).filter(bin -> Files.exists(bin.resolve("initdb")))
                .findFirst().map(TestServer::start);
    }

    private static TestServer start(@Nullable Path given) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "server").toAbsolutePath();
            Path data = folder.resolve("postgres");
            PostgresServer server = new PostgresServer(given != null ? given : packaged().bin(), data, folder);
            server.initialise(PASSWORD, List.of(given != null ? "--locale=C.UTF-8" : "--locale=C"), folder);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
            return new TestServer(server, data, server.start().port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PostgresBinaries packaged() throws IOException {
        Properties settings = PropertiesLoaderUtils.loadProperties(new ClassPathResource("application.properties"));
        return new PostgresBinaries(
                List.of(BINARIES), settings.getProperty("coral.installation.postgres-version"));
    }

    private static void stop(PostgresServer server) {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an administrator does who stops it. */
    public void stop() {
        stop(server);
    }

    /** What the system does when memory is short. */
    public void kill() {
        processes().forEach(ProcessHandle::destroyForcibly);
    }

    /** Lets all its processes stand still, as on a machine that is suspended. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    /** After {@link #stop} or {@link #kill}, at the same port. */
    public void startAgain() {
        try {
            server.restart(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String signal) {
        for (ProcessHandle process : processes()) {
            try {
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start().onExit().join();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private List<ProcessHandle> processes() {
        try {
            ProcessHandle main = Postmaster.of(data).orElseThrow().process();
            return Stream.concat(Stream.of(main), main.children()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A database that belongs to an owner of the same name, who may make roles and nothing more. */
    public String databaseUrl(String name) {
        administrator("create role " + name + " login createrole password 'owner'");
        administrator("create database " + name + " owner " + name);
        return url(name, "owner", name);
    }

    public String url(String user, String password, String database) {
        return "postgres://" + user + ":" + password + "@127.0.0.1:" + port + "/" + database;
    }

    /** What {@code DATABASE_URL} with this text stands for. */
    public static DatabaseServer at(String databaseUrl) {
        return DatabaseUrl.parse(databaseUrl);
    }

    /** The address of a superuser. */
    public String superusersUrl(String database) {
        return url("postgres", PASSWORD, database);
    }

    public void administrator(String sql) {
        administrator("postgres", sql);
    }

    public void administrator(String database, String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
