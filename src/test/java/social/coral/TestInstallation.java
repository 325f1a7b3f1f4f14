package social.coral;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import social.coral.installation.TestServer;

/**
 * Gives every application that a test starts in its own process a data folder of its own and, when the system property
 * {@code coral.test.postgres-bin} names the programs of a PostgreSQL, a database on such a server instead of the
 * embedded one. Registered in {@code spring.factories} of the tests.
 */
public final class TestInstallation implements EnvironmentPostProcessor, Ordered {

    private static final String SHARED_KEY = "9f1c6a0be7d2438c5ab01d7e64f3c28955e0ab17c3d64f02";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "coral");
            Map<String, Object> properties = new HashMap<>();
            properties.put("coral.installation.data", folder.toString());
            properties.put("coral.installation.binaries", TestServer.BINARIES.toString());
            boolean embeddings = environment.getProperty("coral.test.embeddings", Boolean.class, false);
            // Apart from the others, whose thousands of posts would be embedded first.
            properties.put("coral.installation.database-url", embeddings ? OperatorsServerForEmbeddings.URL : OperatorsServer.URL);
            properties.put("coral.edge.cors-origins", "https://App.example.org:443");
            properties.put("coral.identity.sign-ups-per-client", "100000");
            properties.put("coral.usage.rate.per-minute", "1000000");
            // Most tests look for nothing by its meaning, and the thousands of posts of some would keep the processor busy long after them.
            if (!embeddings) {
                properties.put("coral.knowledge.embedding-threads", "0");
            }
            environment.getPropertySources().addFirst(new MapPropertySource("test installation", properties));
            if (System.getProperty(TestServer.BIN) != null) {
                // Several applications stand on the one server, and a database knows one master key.
                environment.getPropertySources().addLast(new MapPropertySource("test key", Map.of("ENCRYPTION_KEY", SHARED_KEY)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After the application's own properties were read, before the data folder is taken. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 10;
    }

    /** One server and one database for all applications of this process but those with embeddings, started on first use. */
    private static final class OperatorsServer {
        static final String URL = database();
    }

    private static final class OperatorsServerForEmbeddings {
        static final String URL = database();
    }

    private static String database() {
        return System.getProperty(TestServer.BIN) == null ? "" : TestServer.start().databaseUrl("shop");
    }
}
