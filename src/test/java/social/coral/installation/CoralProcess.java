package social.coral.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The real application in a process of its own, without test classes. */
public final class CoralProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    static final List<String> SETTINGS = List.of("DATABASE_URL", "ENCRYPTION_KEY", "ENCRYPTION_KEYS_OLD", "CORAL_ROLE", "APP_URL");
    private static final String READY = "Coral Social is ready at ";

    private final Process process;
    private final Path data;
    private final Path out;
    private final Path err;

    private CoralProcess(Process process, Path data, Path out, Path err) {
        this.process = process;
        this.data = data;
        this.out = out;
        this.err = err;
    }

    /** Starts the application on the data folder, on any free port unless {@code environment} names one. */
    public static CoralProcess start(Path data, Map<String, String> environment) {
        try {
            ProcessBuilder builder = command("social.coral.CoralApplication", data);
            builder.environment().putAll(environment);
            return start(builder, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of the product's programs on the data folder, as the launcher starts it; its words are still to come. */
    static ProcessBuilder command(String program, Path data) {
        List<String> command = new ArrayList<>(QuickStart.command());
        command.add(program);
        ProcessBuilder builder = new ProcessBuilder(command);
        SETTINGS.forEach(builder.environment()::remove);
        // Turning texts into vectors takes a processor, which tests that are not about it leave to others.
        builder.environment().putAll(Map.of("CORAL_DATA", data.toString(), "PORT", "0", "CORAL_EMBEDDING_THREADS", "0"));
        return builder;
    }

    static CoralProcess start(ProcessBuilder builder, Path data) throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "process").toAbsolutePath();
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        return new CoralProcess(builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), data, out, err);
    }

    /** Waits until it serves, and gives the address that it printed. */
    public String awaitAddress() {
        Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive() || output().contains(READY));
        if (!output().contains(READY)) {
            throw new AssertionError("it ended without being ready: " + errors());
        }
        return output().lines().filter(line -> line.startsWith(READY)).findFirst().orElseThrow().substring(READY.length()).replaceAll(" \\(.*", "").strip();
    }

    int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** The most memory that the process ever had. */
    public long peakMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** What a Ctrl-C sends. */
    void interrupt() throws IOException {
        new ProcessBuilder("kill", "-INT", Long.toString(pid())).inheritIO().start().onExit().join();
    }

    void terminate() {
        process.destroy();
    }

    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    String output() {
        return read(out);
    }

    String errors() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The embedded server, as its owner reaches it while it runs. */
    public DatabaseServer database() throws IOException {
        Properties owner = new Properties();
        owner.setProperty("user", "coral");
        owner.setProperty("password", Files.readString(data.resolve("postgres.password")).strip());
        int port = Postmaster.of(data.resolve("postgres")).orElseThrow().port();
        return new DatabaseServer("jdbc:postgresql://127.0.0.1:" + port + "/coral", owner, true);
    }

    /** Processes that name the data folder: the application's database, as long as it runs. */
    static List<String> left(Path data) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.map(handle -> handle.info().commandLine().orElse(""))
                    .filter(command -> command.contains(data.toString()))
                    .toList();
        }
    }

    /** For a test that failed half-way. */
    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroy();
            awaitEnd();
        }
    }
}
