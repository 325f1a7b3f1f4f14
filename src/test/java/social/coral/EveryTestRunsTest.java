package social.coral;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Surefire runs classes by their names; a contract is run by the classes that extend it. */
class EveryTestRunsTest {

    private static final Pattern CLAIM = Pattern.compile("^    @(?:Test|ParameterizedTest|RepeatedTest|TestFactory|Property|Example)\\b", Pattern.MULTILINE);

    @Test
    void everyClassWithTestsHasANameThatIsRun() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            List<Path> withTests = files.filter(file -> file.toString().endsWith(".java")).filter(EveryTestRunsTest::hasTests).toList();
            assertThat(withTests).hasSizeGreaterThan(200).allMatch(file -> file.toString().matches(".*(?:Test|Properties|Contract)\\.java"));
        }
    }

    private static boolean hasTests(Path file) {
        try {
            return CLAIM.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
