package social.coral.installation;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A separate clone whose {@code ./coral} finds the classes under test already built. */
final class ClonedLauncher {

    private static final Path HERE = Path.of("").toAbsolutePath();

    private final Path home;

    ClonedLauncher(Path home) throws IOException {
        this.home = home;
        Path built = Files.createDirectories(home.resolve("target/launcher/app.built"));
        Files.createDirectories(home.resolve("src/main"));
        Files.createDirectories(home.resolve("launcher"));
        Files.copy(HERE.resolve("coral"), home.resolve("coral"));
        Files.copy(HERE.resolve("pom.xml"), home.resolve("pom.xml"));
        try (Stream<Path> scripts = Files.list(HERE.resolve("launcher"))) {
            for (Path script : scripts.toList()) {
                Files.copy(script, home.resolve("launcher").resolve(script.getFileName()));
            }
        }
        packInto(built.resolve("coral.jar"));
        Files.writeString(home.resolve("target/launcher/current"), built + "\n");
        run(Map.of(), "bash", "-c", """
                home=$PWD; . launcher/java.sh; . launcher/build.sh; fail() { echo "$1" >&2; exit 1; }
                find_java; sources >"$out/sources"; java_used >"$out/java"; is_current""");
    }

    private static void packInto(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "social.coral.CoralApplication");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
        try (OutputStream file = Files.newOutputStream(jar)) {
            new JarOutputStream(file, manifest).close();
        }
    }

    private void run(Map<String, String> environment, String... command) throws IOException {
        Process process = builder(environment, List.of(command)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("the launcher would build: " + said);
        }
    }

    /** {@code ./coral run} with these variables, after what is to be done before it, as {@code sh} reads it. */
    CoralProcess start(Path data, String before, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(before.isEmpty() ? List.of("./coral", "run")
                : List.of("unshare", "--mount", "sh", "-c", before + " && exec ./coral run"));
        ProcessBuilder builder = builder(Map.of("CORAL_DATA", data.toString(), "PORT", "0"), command);
        builder.environment().putAll(environment);
        return CoralProcess.start(builder, home.resolve(data));
    }

    private ProcessBuilder builder(Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        CoralProcess.SETTINGS.forEach(builder.environment()::remove);
        builder.environment().putAll(Map.of("CORAL_JAVA_HOME", System.getProperty("java.home"), "CORAL_JAVA_OPTS", "-XX:TieredStopAtLevel=1"));
        builder.environment().putAll(environment);
        return builder;
    }
}
