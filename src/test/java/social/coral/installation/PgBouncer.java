package social.coral.installation;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real PgBouncer in transaction mode, with the settings in {@code docs/operations.md} and few connections to the server. */
final class PgBouncer implements AutoCloseable {

    static final int CONNECTIONS_OF_A_ROLE = 3;

    private final Process process;
    private final int port;
    private final Path log;

    private PgBouncer(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** @param passwords of everybody who may come, by name */
    static PgBouncer before(DatabaseServer server, Map<String, String> passwords) {
        try {
            // Outside the build's folder, which the user that it changes to might not reach.
            Path folder = Files.createTempDirectory("pgbouncer", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            String address = server.name();
            int port = FreePort.find();
            Path users = Files.writeString(folder.resolve("users.txt"),
                    passwords.entrySet().stream().map(user -> "\"" + user.getKey() + "\" \"" + user.getValue() + "\"").collect(Collectors.joining("\n", "", "\n")));
            Path settings = Files.writeString(folder.resolve("pgbouncer.ini"), """
                    [databases]
                    * = host=%s port=%s
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = scram-sha-256
                    auth_file = %s
                    pool_mode = transaction
                    default_pool_size = %d
                    max_client_conn = 200
                    ignore_startup_parameters = extra_float_digits
                    server_reset_query = DISCARD ALL
                    server_reset_query_always = 1
                    """.formatted(address.substring(0, address.indexOf(':')), address.substring(address.indexOf(':') + 1, address.indexOf('/')), port, users, CONNECTIONS_OF_A_ROLE));
            List<String> command = new ArrayList<>(List.of(program().toString()));
            if (System.getProperty("user.name").equals("root")) {
                command.addAll(List.of("-u", "nobody"));
            }
            command.add(settings.toString());
            Path log = folder.resolve("log");
            PgBouncer started = new PgBouncer(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(), port, log);
            Awaitility.await().until(started::answers);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/opt/homebrew/bin", "/usr/local/bin"))
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> fail("this test needs PgBouncer, which was not found; on Debian: sudo apt-get install pgbouncer"));
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new AssertionError("it ended: " + log());
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code DATABASE_URL} for the product: statements are not prepared beyond a transaction. */
    String databaseUrl(String user, String password, String database) {
        return "postgres://" + user + ":" + password + "@127.0.0.1:" + port + "/" + database + "?prepareThreshold=0";
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
