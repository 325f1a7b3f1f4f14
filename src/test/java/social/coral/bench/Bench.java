package social.coral.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import social.coral.networks.TestNetwork;

/**
 * Runs all measurements in turn, or only the given sections, and writes {@code target/bench.md}. All take twelve minutes on two
 * processors.
 */
final class Bench {

    private static final Path TARGET = Path.of("target");
    private static final Set<String> WITHOUT_PRODUCT = Set.of("knowledge", "quality");

    private Bench() {}

    static void main(String[] sections) throws IOException, SQLException, InterruptedException {
        List<String> wanted = List.of(sections);
        Report report = new Report();
        if (isWanted("knowledge", wanted)) {
            report.progress("Filling indexes of vectors");
            KnowledgePath.measure(folder("bench-knowledge"), report);
        }
        if (isWanted("quality", wanted)) {
            report.progress("Comparing with what was judged");
            Quality.measure(folder("bench-quality"), report);
        }
        if (wanted.isEmpty() || !WITHOUT_PRODUCT.containsAll(wanted)) {
            measureProduct(report, wanted);
        }
        report.note("%s, %d processors, %s.".formatted(
                LocalDate.now(), Runtime.getRuntime().availableProcessors(), System.getProperty("os.arch")));
        report.end(TARGET.resolve("bench.md"));
    }

    private static Path folder(String name) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(TARGET), name).toAbsolutePath();
    }

    private static void measureProduct(Report report, List<String> sections) throws IOException, SQLException, InterruptedException {
        Path folder = folder("bench-data");
        try (TestNetwork network = new TestNetwork().with(TestNetwork.SLOW_KEY, TestNetwork.slow(WaitingPath.SLOWNESS)); Product product = new Product(folder, network.environment())) {
            Duration first = product.start();
            product.stop();
            Duration second = product.start();
            measure(product, network, report, sections);
            report.note("Start with a new database: %.1f s; with that database again: %.1f s, without the launcher's cache of classes."
                    .formatted(first.toMillis() / 1e3, second.toMillis() / 1e3));
        }
    }

    private static void measure(Product product, TestNetwork network, Report report, List<String> sections) throws IOException, SQLException, InterruptedException {
        try (Connection database = product.database()) {
            report.progress("Filling the database");
            Tenants.load(database);
            List<String> tokens = Tenants.tokens(database, product.port);
            if (isWanted("reading", sections)) {
                try (NodeServer node = NodeServer.isPossible() ? NodeServer.start(product, TARGET) : null) {
                    report.progress("Reading");
                    ReadPath.measure(product, tokens, node, report);
                }
            }
            if (isWanted("bystanders", sections)) {
                report.progress("Standing by");
                Bystanders.measure(product, tokens.getFirst(), database, report);
            }
            if (isWanted("collecting", sections)) {
                report.progress("Collecting");
                CollectingPath.measure(product, tokens, database, report);
            }
            if (isWanted("importing", sections)) {
                report.progress("Importing");
                ImportPath.measure(product, tokens, database, report);
                WholeArchive.measure(product, tokens.getFirst(), 0, database, report);
            }
            if (isWanted("spending", sections)) {
                report.progress("Spending");
                SpendingPath.measure(product, database, report);
            }
            if (isWanted("models", sections)) {
                report.progress("Calling models");
                ModelPath.measure(product, database, report);
            }
            if (isWanted("waiting", sections)) {
                report.progress("Waiting beside the slow");
                WaitingPath.measure(product, tokens, database, network, report);
            }
        }
    }

    private static boolean isWanted(String section, List<String> sections) {
        return sections.isEmpty() || sections.contains(section);
    }
}
