package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates and scripts can be read in an editor. */
class TemplatesTest {

    private static final int MAX_WIDTH = 140;

    @ParameterizedTest
    @ValueSource(strings = {"src/main/jte", "src/main/resources/assets/script"})
    void noLineIsWiderThanAnEditor(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder)).filter(Files::isRegularFile)) {
            List<String> wide = files.flatMap(TemplatesTest::wideLines).toList();
            assertThat(wide).isEmpty();
        }
    }

    private static Stream<String> wideLines(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return IntStream.range(0, lines.size()).filter(i -> lines.get(i).length() > MAX_WIDTH).mapToObj(i -> file + ":" + (i + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
