package social.coral.installation;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The product's classes in a jar with a cache of those that a start loads, as the launcher has them, so that the many processes
 * of the tests start in less time. Made once for each state of the classes, by the first process that needs it.
 */
public final class QuickStart {

    private static final Path CLASSES = Path.of("target", "classes").toAbsolutePath();
    private static final Path FOLDER = Path.of("target", "quick-start").toAbsolutePath();
    private static final Path JAR = FOLDER.resolve("coral.jar");
    private static final Path CACHE = FOLDER.resolve("start.aot");
    private static final List<String> FLAGS = List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xlog:disable");

    private QuickStart() {}

    /** The beginning of the command that runs one of the product's programs, up to its class path. */
    public static synchronized List<String> command() {
        try (FileChannel turn = FileChannel.open(Files.createDirectories(FOLDER).resolve("turn"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            turn.lock();
            if (!Files.exists(CACHE) || Files.getLastModifiedTime(CACHE).compareTo(newestClass()) < 0) {
                make();
            }
            return java(List.of("-XX:AOTCache=" + CACHE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make() throws IOException {
        Files.deleteIfExists(CACHE);
        ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
        if (jar.run(System.out, System.err, "--create", "--no-compress", "--file", JAR.toString(), "-C", CLASSES.toString(), ".") != 0) {
            throw new IOException("the classes could not be packed");
        }
        Path data = FOLDER.resolve("data");
        List<String> trial = new ArrayList<>(java(List.of("-XX:AOTCacheOutput=" + CACHE, "-Dcoral.installation.trial=true")));
        trial.add("social.coral.CoralApplication");
        ProcessBuilder starting = new ProcessBuilder(trial).redirectErrorStream(true).redirectOutput(FOLDER.resolve("log").toFile());
        CoralProcess.SETTINGS.forEach(starting.environment()::remove);
        starting.environment().putAll(Map.of("CORAL_DATA", data.toString(), "PORT", "0"));
        starting.start().onExit().join();
        FileSystemUtils.deleteRecursively(data);
        if (!Files.exists(CACHE)) {
            throw new IOException("the start was not recorded: " + Files.readString(FOLDER.resolve("log")));
        }
    }

    private static List<String> java(List<String> options) {
        return Stream.of(Stream.of(ProcessHandle.current().info().command().orElseThrow()), FLAGS.stream(), options.stream(),
                        Stream.of("-Dcoral.installation.binaries=" + TestServer.BINARIES, "-cp", classPath()))
                .flatMap(part -> part).toList();
    }

    private static FileTime newestClass() throws IOException {
        try (Stream<Path> all = Files.walk(CLASSES)) {
            return all.map(path -> FileTime.fromMillis(path.toFile().lastModified())).max(Comparator.naturalOrder()).orElseThrow();
        }
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .map(entry -> entry.endsWith("classes") ? JAR.toString() : entry)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
