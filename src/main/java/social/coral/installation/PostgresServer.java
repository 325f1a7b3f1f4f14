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
 * A PostgreSQL server that this process creates, starts and stops with the programs of a {@code bin} folder. It accepts
 * connections from this machine only, with a password. It runs in a session of its own, so that a Ctrl-C for this process
 * does not stop it too early.
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
     * Creates the data of a new server whose superuser is {@code postgres}, completely or not at all.
     *
     * @param temporary a folder for the password file, emptied at each start
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
                throw new IOException(outcome.errorMessage());
            }
            Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    /** Starts the server and waits until it answers. */
    Postmaster start() throws IOException {
        for (int attempt = 1; ; attempt++) {
            // Another program may take the free port before the server does.
            Outcome outcome = attempt(freePort());
            if (outcome.exitCode() == 0) {
                return started();
            }
            if (attempt == ATTEMPTS || !outcome.output().contains("Address already in use")) {
                throw new IOException(outcome.errorMessage());
            }
        }
    }

    /** Kills what is left of the server and starts it again on the same port. */
    void restart(int port) throws IOException {
        processes.kill();
        Postmaster.deletePidFile(data);
        Outcome outcome = attempt(port);
        if (outcome.exitCode() != 0) {
            throw new IOException(outcome.errorMessage());
        }
        started();
    }

    private Postmaster started() throws IOException {
        return Postmaster.of(data).orElseThrow(() -> new IOException("it ended right after it had started"));
    }

    private Outcome attempt(int port) throws IOException {
        Map<String, String> settings = new TreeMap<>(SETTINGS);
        settings.put("port", Integer.toString(port));
        settings.putAll(log.settings());
        String options = settings.entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "=" + shellQuoted(setting.getValue()))
                .collect(Collectors.joining(" "));
        log.mark();
        // A shell parses the options and the quoted name of the log. The data folder goes into a variable, so it needs no quoting.
        Outcome outcome = programs.run(
                "pg_ctl", List.of("start", "-w", "-t", "300", "-s", "-l", escaped(log.startFile().toString()), "-o", options),
                Map.of("PGDATA", data.toString()));
        return outcome.exitCode() == 0 ? outcome : outcome.with(log.sinceMark());
    }

    /** Stops the server that runs on the data, ours or one that a killed process left, and waits for its end. */
    void stop() throws IOException {
        for (String mode : List.of("fast", "immediate")) {
            Optional<Postmaster> running = Postmaster.of(data);
            if (running.isPresent() && !processes.isSuspended(running.get().process())) {
                programs.run("pg_ctl", List.of("stop", "-w", "-t", "60", "-s", "-m", mode, "-D", data.toString()));
            }
        }
        processes.kill();
    }

    /** Returns its processes that stay suspended (SIGSTOP). */
    Set<ProcessHandle> suspended(Postmaster postmaster) {
        return processes.suspended(postmaster.process());
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
