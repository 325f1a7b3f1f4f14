package social.coral.installation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import social.coral.installation.Programs.Outcome;

/**
 * One PostgreSQL server of our own: made, started and stopped with the programs in a {@code bin} folder, reachable from
 * this machine alone and by password alone. The server is a session of its own, so that a Ctrl-C meant for us does not
 * stop it under our feet.
 */
final class PostgresServer {

    private static final int ATTEMPTS = 3;

    private static final Map<String, String> SETTINGS = Map.of(
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "max_connections", "60",
            "shared_buffers", "64MB",
            "timezone", "UTC",
            "jit", "off");

    private final Programs programs;
    private final Path data;
    private final PostgresLog log;
    private final ServerProcesses processes;

    PostgresServer(Path bin, Path data, Path logs) {
        this.programs = new Programs(bin);
        this.data = data;
        this.log = new PostgresLog(logs);
        this.processes = new ServerProcesses(data);
    }

    /**
     * Makes the data of a new server whose superuser is {@code postgres}: complete or not there at all.
     *
     * @param temporary where the password may be for a moment, and nothing is left of it after a kill
     */
    void initialise(String password, List<String> localeOptions, Path temporary) throws IOException {
        Path unfinished = data.resolveSibling(data.getFileName() + ".unfinished");
        Folders.delete(unfinished);
        Path passwordFile = Files.createTempFile(
                Files.createDirectories(temporary), "initdb", ".pw", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(passwordFile, password);
            List<String> arguments = new ArrayList<>(List.of(
                    "-D", unfinished.toString(), "-U", "postgres", "--pwfile", passwordFile.toString(),
                    "--auth", "scram-sha-256", "-E", "UTF8", "--no-instructions"));
            arguments.addAll(localeOptions);
            Outcome outcome = programs.run("initdb", arguments);
            if (outcome.exitCode() != 0) {
                throw new IOException(outcome.complaint());
            }
            Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    /** Starts the server and waits until it answers. */
    Postmaster start() throws IOException {
        for (int attempt = 1; ; attempt++) {
            // Between our look for a free port and the server's own, another program may take it.
            Outcome outcome = attempt(freePort());
            if (outcome.exitCode() == 0) {
                return started();
            }
            if (attempt == ATTEMPTS || !outcome.output().contains("Address already in use")) {
                throw new IOException(outcome.complaint());
            }
        }
    }

    /** Starts the server anew where everybody knows it, after whatever is left of the one before has been ended. */
    void startAgain(int port) throws IOException {
        processes.kill();
        Postmaster.forget(data);
        Outcome outcome = attempt(port);
        if (outcome.exitCode() != 0) {
            throw new IOException(outcome.complaint());
        }
        started();
    }

    private Postmaster started() throws IOException {
        return Postmaster.of(data).orElseThrow(() -> new IOException("it ended as soon as it had started"));
    }

    private Outcome attempt(int port) throws IOException {
        Map<String, String> settings = new TreeMap<>(SETTINGS);
        settings.put("port", Integer.toString(port));
        settings.putAll(log.settings());
        String options = settings.entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "=" + shellQuoted(setting.getValue()))
                .collect(Collectors.joining(" "));
        log.listen();
        // A shell reads what stands here, and the name of the log in quotation marks; the data it need not know by name.
        Outcome outcome = programs.run(
                "pg_ctl", List.of("start", "-w", "-t", "300", "-s", "-l", escaped(log.startFile().toString()), "-o", options),
                Map.of("PGDATA", data.toString()));
        return outcome.exitCode() == 0 ? outcome : outcome.with(log.heard());
    }

    /** Stops the server if one runs on the data, ours or one that a killed process left, and waits for its end. */
    void stop() throws IOException {
        for (String mode : List.of("fast", "immediate")) {
            Optional<Postmaster> running = Postmaster.of(data);
            if (running.isPresent() && !processes.isStopped(running.get().process())) {
                programs.run("pg_ctl", List.of("stop", "-w", "-t", "60", "-s", "-m", mode, "-D", data.toString()));
            }
        }
        processes.kill();
    }

    /** Its processes that somebody has stopped and that do not go on. */
    Set<ProcessHandle> stopped(Postmaster postmaster) {
        return processes.stopped(postmaster.process());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String escaped(String text) {
        return text.replaceAll("[\"$`\\\\]", "\\\\$0");
    }

    private static String shellQuoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
