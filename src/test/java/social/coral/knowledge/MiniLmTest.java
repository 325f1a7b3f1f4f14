package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiniLmTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    @Test
    void textsThatMeanTheSameAreNearestAndEachVectorHasLengthOne() {
        List<String> texts = List.of("Warm water is killing the coral reefs.", "Ocean heat bleaches corals.", "The bank raised its interest rates.",
                "Central banks make borrowing more expensive.", "", "🐠", "Grüße aus Zürich");
        try (MiniLm embeddings = new MiniLm(folder, 1, LONG)) {
            assertThat(embeddings.isLoaded()).isFalse();
            List<float[]> vectors = embeddings.of(texts);
            assertThat(embeddings.isLoaded()).isTrue();
            assertThat(vectors).hasSameSizeAs(texts).allSatisfy(vector -> {
                assertThat(vector).hasSize(embeddings.width());
                assertThat(dot(vector, vector)).isCloseTo(1, within(1e-5));
            });
            assertThat(dot(vectors.get(0), vectors.get(1))).isGreaterThan(0.5);
            assertThat(dot(vectors.get(2), vectors.get(3))).isGreaterThan(0.5);
            assertThat(dot(vectors.get(0), vectors.get(2))).isLessThan(0.2);
            assertThat(embeddings.of(List.of())).isEmpty();
        }
    }

    @Test
    void aTextHasTheSameVectorInWhateverCompany() {
        List<String> texts = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            texts.add("Text number " + number + " about reefs and rates. ".repeat(number % 7));
        }
        try (MiniLm embeddings = new MiniLm(folder, 2, LONG)) {
            List<float[]> together = embeddings.of(texts);
            Collections.reverse(texts);
            List<float[]> reversed = embeddings.of(texts).reversed();
            for (int number = 0; number < texts.size(); number++) {
                assertThat(reversed.get(number)).isEqualTo(together.get(number));
            }
            assertThat(embeddings.of(List.of(texts.getLast())).getFirst()).isEqualTo(together.getFirst());
        }
    }

    @Test
    void aTextOfAnyLengthIsTurnedIntoAVector() {
        try (MiniLm embeddings = new MiniLm(folder, 1, LONG)) {
            assertThat(embeddings.of(List.of("reef ".repeat(20_000))).getFirst()).hasSize(embeddings.width());
        }
    }

    @Test
    void anIdleModelIsReleasedAndLoadedAgain() throws InterruptedException {
        try (MiniLm embeddings = new MiniLm(folder, 2, Duration.ofMillis(1))) {
            for (int round = 0; round < 2; round++) {
                assertThat(embeddings.of(List.of("reef"))).hasSize(1);
                while (embeddings.isLoaded()) {
                    Thread.sleep(5);
                }
            }
        }
    }

    @Test
    void ofTooManyAtOnceSomeAreRefusedAndTheOthersServed() throws Exception {
        try (MiniLm embeddings = new MiniLm(folder, 1, LONG); ExecutorService callers = Executors.newFixedThreadPool(200)) {
            List<Future<List<float[]>>> asked = new ArrayList<>();
            for (int number = 0; number < 200; number++) {
                asked.add(callers.submit(() -> embeddings.of(Collections.nCopies(16, "A text that takes a while. ".repeat(8)))));
            }
            int served = 0;
            int refused = 0;
            for (Future<List<float[]>> each : asked) {
                try {
                    served += each.get().size();
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(EmbeddingsFault.class);
                    refused++;
                }
            }
            assertThat(served).isEqualTo(16 * (200 - refused));
            assertThat(refused).isPositive();
        }
    }

    @Test
    void aModelThatCannotBeUnpackedIsAFaultWithAReason() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        try (MiniLm embeddings = new MiniLm(file, 1, LONG)) {
            assertThatExceptionOfType(EmbeddingsFault.class).isThrownBy(() -> embeddings.of(List.of("reef"))).withMessageContaining(file.toString());
            assertThat(embeddings.isLoaded()).isFalse();
        }
        assertThat(EmbeddingsCheckup.of(folder).sentence()).contains("runs in the process");
        assertThat(folder).isDirectoryContaining("glob:**/file").isDirectoryNotContaining("glob:**/model*");
    }
}
