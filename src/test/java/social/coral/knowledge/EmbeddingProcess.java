package social.coral.knowledge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** A process of its own that turns texts into vectors and prints how many a second, and its megabytes before, meanwhile and afterwards. */
public final class EmbeddingProcess {

    private static final int TEXTS = 400;
    private static final Duration IDLE = Duration.ofSeconds(1);

    private EmbeddingProcess() {}

    /** Takes the folder for the model. */
    public static void main(String[] args) throws IOException {
        try (MiniLm embeddings = new MiniLm(Path.of(args[0]), 1, IDLE)) {
            long before = megabytes();
            embeddings.of(texts(TEXTS / 4));
            long start = System.nanoTime();
            embeddings.of(texts(TEXTS));
            double perSecond = TEXTS * 1e9 / (System.nanoTime() - start);
            long loaded = megabytes();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !embeddings.isLoaded());
            System.out.printf("%.0f %d %d %d%n", perSecond, before, loaded, megabytes());
        }
    }

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(number -> "Reef " + number
                + ": the water has been above thirty degrees for six weeks, and two thirds of the colonies that we saw today were white.").toList();
    }

    /** What the process holds in memory, as Linux counts it; 0 elsewhere. */
    private static long megabytes() throws IOException {
        System.gc();
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10).findFirst().orElse(0);
    }
}
