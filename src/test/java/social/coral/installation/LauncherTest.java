package social.coral.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code ./coral} without building: its commands and how it finds a JDK. */
class LauncherTest {

    private record Answer(int exitCode, String out, String err) {}

    @TempDir
    Path folder;

    @Test
    void helpListsEveryCommand() {
        Answer help = coral(Map.of(), "help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("./coral run", "./coral run --demo", "./coral test", "./coral bench", "./coral doctor", "./coral help");
    }

    @Test
    void anUnknownCommandExitsWithTwo() {
        assertThat(coral(Map.of(), "fly")).matches(answer -> answer.exitCode() == 2 && answer.err().contains("./coral does not know \"fly\""));
        assertThat(coral(Map.of(), "run", "--fly")).matches(answer -> answer.exitCode() == 2 && answer.err().contains("\"--fly\""));
        assertThat(coral(Map.of(), "bench", "--help")).matches(answer -> answer.exitCode() == 2 && answer.err().contains("\"--help\"")
                && answer.err().contains("sections are knowledge, quality, reading"));
    }

    @Test
    void itKnowsEachSectionOfTheBench() throws IOException {
        String bench = Files.readString(Path.of("src/test/java/social/coral/bench/Bench.java"));
        List<String> sections = Pattern.compile("isWanted\\(\"(\\w+)\"").matcher(bench).results().map(section -> section.group(1)).toList();
        assertThat(sections).contains("reading", "models");
        assertThat(Files.readString(Path.of("launcher/tests.sh"))).contains(String.join(" | ", sections) + ") ;;");
        String help = coral(Map.of(), "help").out();
        assertThat(sections).allMatch(section -> help.contains("\"" + section + "\""));
        assertThat(coral(Map.of(), "bench", "flying").err())
                .contains("sections are " + String.join(", ", sections.subList(0, sections.size() - 1)) + " and " + sections.getLast() + ".");
    }

    @Test
    void aNamedJdkThatIsTooOldIsReportedInOneLine() throws IOException {
        Answer refused = coral(Map.of("CORAL_JAVA_HOME", jdk("1.8.0_402").toString()), "run");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err().lines()).singleElement().asString().contains("is a JDK 8, but Coral Social needs 25 or newer").containsPattern("[Ii]nstall|Run:");
    }

    @Test
    void aNamedFolderWithoutAJdkIsReportedInOneLine() {
        Answer refused = coral(Map.of("CORAL_JAVA_HOME", folder.toString()), "doctor");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err().lines()).singleElement().asString().contains(folder + ", but there is no JDK");
    }

    @Test
    void anOlderJavaHomeDoesNotHideTheNewerJdk() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home/.sdkman/candidates/java"));
        Path newer = jdk(home, "25.0.3");

        List<String> found = sourced(Map.of("HOME", folder.resolve("home").toString(), "JAVA_HOME", jdk("17.0.15").toString()),
                "needed_java=25; find_java; java_version \"$java_home\"; java_folders | grep sdkman");

        assertThat(found).containsExactly("25" + newer);
    }

    private Path jdk(String version) throws IOException {
        return jdk(folder, version);
    }

    /** What the launcher takes for a JDK: two programs and a release file. */
    private static Path jdk(Path parent, String version) throws IOException {
        Path home = parent.resolve("jdk-" + version);
        Path bin = Files.createDirectories(home.resolve("bin"));
        for (String program : List.of("java", "javac")) {
            Files.createFile(bin.resolve(program), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static List<String> sourced(Map<String, String> environment, String script) {
        return execute(environment, List.of("bash", "-c", "fail() { echo \"$1\"; exit 1; }; . launcher/java.sh; " + script)).out().lines().toList();
    }

    private static Answer coral(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("bash", "./coral"));
        command.addAll(List.of(arguments));
        return execute(environment, command);
    }

    private static Answer execute(Map<String, String> environment, List<String> command) {
        try {
            Path err = Files.createTempFile("coral", ".err");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
            builder.environment().remove("CORAL_JAVA_HOME");
            builder.environment().putAll(environment);
            Process process = builder.start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), out, Files.readString(err));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
