package social.coral.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import social.coral.TestClient;

/** Runs {@code ./coral run} with all kinds of data folders and temporary folders: it serves, or says in one line what to do. */
class PlacesTest {

    private static final Map<String, String> NO_LOCALE = Map.of("LC_ALL", "C", "LANG", "");

    /** For starts that are not about where the packaged PostgreSQL is unpacked. */
    private static final Map<String, String> UNPACKED = Map.of("CORAL_JAVA_OPTS", "-Dcoral.installation.binaries=" + TestServer.BINARIES);

    private Path folder;

    private ClonedLauncher launcher;

    @BeforeEach
    void clonedAndBuilt() throws IOException {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "places").toAbsolutePath();
        launcher = new ClonedLauncher(Files.createDirectory(folder.resolve("a clone")));
    }

    static Stream<Arguments> names() {
        return Stream.of(
                Arguments.of("Grüße 漢字 $HOME $(id) `id` \"b\" c'd & ; -x", NO_LOCALE),
                Arguments.of(("ü".repeat(100) + "/").repeat(3), Map.of("LC_ALL", "POSIX", "LC_CTYPE", "")));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aDataFolderMayHaveAnyName(String name, Map<String, String> environment) throws IOException {
        serves(folder.resolve(name), "", environment);

        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside.map(path -> path.getFileName().toString()).filter(other -> !name.startsWith(other)))
                    .as("nothing is written elsewhere").isSubsetOf("a clone", "cache");
        }
    }

    @Test
    void aDataFolderMayBeNamedFromHereOrByALink() throws IOException {
        Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere"));

        serves(folder.resolve("a clone").relativize(folder.resolve("link")), "", UNPACKED);

        assertThat(folder.resolve("elsewhere/postgres/PG_VERSION")).exists();
    }

    @Test
    @EnabledIf("mayMount")
    void aDiskFromWhichNoProgramRunsHoldsData() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));

        serves(data, "mount -t tmpfs -o noexec,size=600m coral '" + data + "'", Map.of());
    }

    @Test
    @EnabledIf("mayMount")
    void theSystemsTemporaryFolderMayBeReadOnlyOrFull() throws IOException {
        // A clone below it has to stay in sight.
        Path here = Path.of("").toAbsolutePath();
        String kept = here.startsWith("/tmp") ? "mkdir -p /mnt/%1$s && mount --bind /tmp/%1$s /mnt/%1$s && ".formatted(Path.of("/tmp").relativize(here)) : "";
        String other = "mount -t tmpfs -o size=64k coral /mnt && " + kept + "mount --rbind /mnt /tmp && ";

        serves(folder.resolve("one"), other + "mount -o remount,bind,ro /tmp", UNPACKED);
        serves(folder.resolve("two"), other + "! head -c 100000 /dev/zero 2>/dev/null >/tmp/full", UNPACKED);
        serves(folder.resolve("three"), "", Map.of("TMPDIR", "/nowhere"));
    }

    @Test
    @EnabledIf("mayMount")
    void aDataFolderThatCannotBeWrittenIsNamedInOneLine() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));

        refuses(data, "mount -t tmpfs -o ro coral '" + data + "'", "The data folder " + data + " cannot be written");
        refuses(data, "mount -t tmpfs -o size=1m coral '" + data + "'", "(No space left on device)");
        refuses(folder.resolve("50%n"), "", "has a percent sign or a backslash in its name");
        refuses(folder.resolve("a${HOME}b"), "", "has \"${\" in its name");
    }

    @Test
    void aDiskThatCannotRunTheProgramsIsReportedInOneLine() throws IOException {
        refuses(folder.resolve("a$b"), "", Map.of("XDG_CACHE_HOME", "/proc/nothing"), "The packaged PostgreSQL cannot be run from ");
    }

    private void serves(Path data, String before, Map<String, String> environment) throws IOException {
        try (CoralProcess coral = launcher.start(data, before, withCache(environment))) {
            TestClient stranger = new TestClient(coral.awaitAddress(), Map.of());
            assertThat(stranger.get("/actuator/health/readiness").status()).isEqualTo(200);
            coral.terminate();
            coral.awaitEnd();
            assertThat(coral.errors()).isEmpty();
        }
    }

    private void refuses(Path data, String before, String expected) throws IOException {
        refuses(data, before, Map.of(), expected);
    }

    private void refuses(Path data, String before, Map<String, String> environment, String expected) throws IOException {
        try (CoralProcess coral = launcher.start(data, before, withCache(environment))) {
            assertThat(coral.awaitEnd()).isEqualTo(1);
            assertThat(coral.errors().lines()).singleElement().asString().contains(expected).containsPattern("CORAL_DATA|DATABASE_URL").doesNotContain("Exception");
        }
    }

    private Map<String, String> withCache(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()));
        all.putAll(environment);
        return all;
    }

    static boolean mayMount() throws IOException {
        return new ProcessBuilder("unshare", "--mount", "mount", "-t", "tmpfs", "coral", "/mnt").start().onExit().join().exitValue() == 0;
    }
}
