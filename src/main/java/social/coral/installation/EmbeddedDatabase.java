package social.coral.installation;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A real PostgreSQL, started from packaged binaries on a free loopback port, with its data in the data folder. */
final class EmbeddedDatabase implements AutoCloseable {

    private static final String ACCESS = """
            host all all 127.0.0.1/32 scram-sha-256
            host all all ::1/128 scram-sha-256
            """;

    private final EmbeddedPostgres postgres;
    private final String password;

    EmbeddedDatabase(DataFolder folder) {
        this.password = folder.secret("postgres.password", randomPassword());
        Path data = folder.resolve("postgres");
        endOrphan(data);
        boolean firstStart = Files.notExists(data.resolve("postgresql.conf"));
        try {
            this.postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setOverrideWorkingDirectory(folder.resolve("postgres-binaries").toFile())
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setConnectConfig("password", password)
                    // The library's defaults are those of a throw-away test database; this one must survive a power cut.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "60")
                    .setServerConfig("shared_buffers", "64MB")
                    .setServerConfig("unix_socket_directories", "''")
                    .start();
        } catch (IOException | RuntimeException e) {
            throw new StartFault("the embedded PostgreSQL in " + data + " did not start (" + e.getMessage()
                    + "); its own words are in " + folder.resolve("logs/coral.log") + ", and with DATABASE_URL another server can be used", e);
        }
        if (firstStart) {
            closeToStrangers(data);
        }
    }

    DatabaseServer server() {
        Properties owner = new Properties();
        owner.setProperty("user", "postgres");
        owner.setProperty("password", password);
        return new DatabaseServer("jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres", owner, true);
    }

    /** The packaged initdb leaves a server that any local user may enter; from here on it asks for the password. */
    private void closeToStrangers(Path data) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("alter role postgres password '" + password + "'");
            Files.writeString(data.resolve("pg_hba.conf"), ACCESS);
            statement.execute("select pg_reload_conf()");
        } catch (SQLException | IOException e) {
            throw new StartFault("the embedded PostgreSQL in " + data + " could not be secured (" + e.getMessage() + ")", e);
        }
    }

    /** A killed process leaves its database running; it is asked to stop, so that this one can take over the data. */
    private static void endOrphan(Path data) {
        Path pidFile = data.resolve("postmaster.pid");
        if (Files.notExists(pidFile)) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(pidFile);
            ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    .filter(process -> process.info().command().orElse("").endsWith("postgres"))
                    .ifPresent(EmbeddedDatabase::end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(ProcessHandle postmaster) {
        postmaster.destroy();
        try {
            postmaster.onExit().get(20, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            postmaster.destroyForcibly();
            postmaster.onExit().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String randomPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
