package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import of a file that is larger than the memory it is given. */
class ImportMemoryTest {

    private static final String HEAP = "-Xmx24m";
    private static final int MEGABYTES = 60;

    @TempDir
    Path folder;

    @Test
    void anArchiveOfSixtyMegabytesPassesThroughTwentyFour() throws Exception {
        Path file = folder.resolve("tweets.js");
        int rows;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            rows = ImportDrill.writeArchive(out, MEGABYTES);
        }
        assertThat(drill(file.toString(), "reef")).isEqualTo(rows + " 0 whole");
    }

    @Test
    void aZipWhoseOwnerIsNamedLastDoesToo() throws Exception {
        Path file = folder.resolve("twitter.zip");
        int rows = ImportDrill.writeZip(file, MEGABYTES);
        assertThat(drill(file.toString())).isEqualTo(rows + " 0 whole");
    }

    @Test
    void aTableDoesToo() throws Exception {
        Path file = folder.resolve("posts.csv");
        int rows;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            rows = ImportDrill.write(out, MEGABYTES, "id,text,created_at\n",
                    (number, words) -> number + ",\"" + words + "\",2024-10-01T12:00:00Z\n", "");
        }
        assertThat(drill(file.toString(), "reef")).isEqualTo(rows + " 0 whole");
    }

    private static String drill(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP, "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), ImportDrill.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().reduce((first, second) -> second).orElse("");
    }
}
