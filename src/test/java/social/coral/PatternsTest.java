package social.coral;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PatternsTest {

    /** A group that may give back what it took goes one level deeper for each time it matches, until the stack is full. */
    private static final Pattern MAY_GIVE_BACK = Pattern.compile("(?:Pattern\\.compile|\\.(?:matches|replaceAll|replaceFirst|split))\\(.*[^\\\\]\\)[+*](?!\\+).*\\)");

    /** Read by patterns only up to a few hundred characters. */
    private static final Set<String> BOUNDED = Set.of("Username.java");

    @Test
    void noGroupThatRepeatsWithoutAnEndMayGiveBackWhatItTook() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<String> found = files.filter(file -> file.toString().endsWith(".java") && !BOUNDED.contains(file.getFileName().toString())).flatMap(PatternsTest::lines).toList();
            assertThat(found).isEmpty();
        }
        assertThat("Pattern.compile(\"(?:a|b)+$\")").matches(MAY_GIVE_BACK.pattern());
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream().filter(line -> MAY_GIVE_BACK.matcher(line).find()).map(line -> file.getFileName() + ": " + line.strip());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
