package social.coral.bench;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import social.coral.installation.FreePort;

/**
 * The product as an operator starts it, in a process of its own, on embedded defaults and a data folder that is deleted at the
 * end. Its output is kept beside the folder.
 */
final class Product implements AutoCloseable {

    static final String DATABASE = "coral";

    private static final List<String> KEPT_VARIABLES = List.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR");

    final int port = FreePort.find();
    final int sandboxPort = FreePort.find();
    /** The password of the product's login roles, so that another server can log in as it does. */
    final String rolePassword = UUID.randomUUID().toString();
    private final Path data;
    private final Path output;
    private final Map<String, String> services;
    private final List<Path> added;
    private @Nullable Process process;

    /** @param services where the services outside are, as variables of the environment */
    Product(Path data, Map<String, String> services) {
        this(data, services, List.of());
    }

    /** @param added what its class path has besides its own */
    Product(Path data, Map<String, String> services, List<Path> added) {
        this.added = added;
        this.data = data;
        this.output = data.resolveSibling("bench.log");
        this.services = services;
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted));
    }

    /** Ends it with this process. What is measuring then fails, which is nothing to report. */
    private void interrupted() {
        Thread.setDefaultUncaughtExceptionHandler((thread, expected) -> {});
        close();
    }

    /** Starts it and waits until it is ready to serve. */
    Duration start() throws IOException {
        long start = System.nanoTime();
        Files.createDirectories(data);
        ProcessBuilder builder = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().keySet().retainAll(KEPT_VARIABLES);
        builder.environment().putAll(Map.of(
                "PORT", Integer.toString(port),
                "SANDBOX_PORT", Integer.toString(sandboxPort),
                "CORAL_DATA", data.toString(),
                "DATABASE_APP_PASSWORD", rolePassword,
                "CORAL_RATE_LIMIT", "1000000000"));
        builder.environment().putAll(services);
        Process started = builder.start();
        process = started;
        Awaitility.await("the product's start, see " + output)
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> isReady(started));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** With the launcher's options, which are those that this process got from it. */
    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", classPath(), "social.coral.CoralApplication"));
        return command;
    }

    private String classPath() {
        return Stream.concat(
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).filter(entry -> !entry.endsWith("test-classes")),
                        added.stream().map(Path::toString))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private boolean isReady(Process started) {
        if (!started.isAlive()) {
            throw new IllegalStateException("the product ended as it started, see " + output);
        }
        try (KeepAlive connection = new KeepAlive(port)) {
            connection.ask(KeepAlive.get("/actuator/health/readiness", ""));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The port of its PostgreSQL, as the server itself wrote it down. */
    int databasePort() throws IOException {
        return Integer.parseInt(Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3).strip());
    }

    /** The password of the server's superuser. */
    String databasePassword() throws IOException {
        return Files.readString(data.resolve("postgres.password")).strip();
    }

    /** A connection of the superuser, whom no policy binds. */
    Connection database() throws IOException, SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + databasePort() + "/" + DATABASE, "postgres", databasePassword());
    }

    /** Connections of one of the product's login roles, whose statements are prepared at once as pgbench prepares its own. */
    HikariDataSource pool(String role, int connections) throws IOException {
        return pool(DATABASE, role, rolePassword, connections);
    }

    /** The same of any role, to any database of the server. */
    HikariDataSource pool(String database, String role, String password, int connections) throws IOException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + databasePort() + "/" + database + "?prepareThreshold=1");
        config.setUsername(role);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        return new HikariDataSource(config);
    }

    /** The most memory that its process has had at once, as Linux counts it; 0 elsewhere. */
    long peakMegabytes() throws IOException {
        Path status = Path.of("/proc/" + Objects.requireNonNull(process, "it was not started").pid() + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
                .findFirst().orElse(0);
    }

    synchronized void stop() {
        Process running = process;
        if (running != null) {
            running.destroy();
            try {
                if (!running.waitFor(30, SECONDS)) {
                    running.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process = null;
        }
    }

    @Override
    public synchronized void close() {
        stop();
        try {
            // A PostgreSQL that was ended while it started still writes for a moment.
            Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> !FileSystemUtils.deleteRecursively(data) && Files.notExists(data));
        } catch (ConditionTimeoutException e) {
            System.err.println("The folder " + data + " could not be deleted.");
        }
    }
}
