package social.coral.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;
import social.coral.networks.TestNetwork;

/**
 * Runs all measurements in turn, or only the given sections, and writes {@code target/bench.md}. All take a quarter of an hour on
 * two processors.
 */
final class Bench {

    private static final Path TARGET = Path.of("target");
    /** The sections that measure no product, or products of their own. */
    private static final Set<String> APART = Set.of("knowledge", "quality", "steps", "pipeline");

    private Bench() {}

    static void main(String[] sections) throws IOException, SQLException, InterruptedException {
        // What is written for each task takes longer than the task.
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
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
        if (wanted.isEmpty() || !APART.containsAll(wanted)) {
            measureProduct(report, wanted);
        }
        measureProductsOfTheirOwn(report, wanted);
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

    private static void measureProductsOfTheirOwn(Report report, List<String> sections) throws IOException, SQLException {
        if (isWanted("steps", sections)) {
            report.progress("Stepping");
            Path agents = folder("bench-agents");
            try (Product product = new Product(folder("bench-data"), Map.of(), List.of(SteppingAgents.in(agents)))) {
                product.start();
                try (Connection database = product.database()) {
                    Tenants.people(database, StepsPath.TENANTS);
                    StepsPath.measure(product, database, report);
                }
            } finally {
                FileSystemUtils.deleteRecursively(agents);
            }
        }
        if (isWanted("pipeline", sections)) {
            report.progress("Making threads");
            Path data = folder("bench-data");
            PipelinePath.price(data);
            try (PipelineModel model = new PipelineModel(); Product product = new Product(data, model.environment())) {
                product.start();
                try (Connection database = product.database()) {
                    Tenants.people(database, PipelinePath.TENANTS);
                    PipelinePath.measure(product, database, Tenants.tokens(database, product.port, PipelinePath.TENANTS), data, report);
                }
            }
            PipelinePath.demo(folder("bench-data"), report);
        }
    }

    private static boolean isWanted(String section, List<String> sections) {
        return sections.isEmpty() || sections.contains(section);
    }
}
