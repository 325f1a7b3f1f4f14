package social.coral;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives a test's application a data folder of its own and, when the system property {@code coral.test.database-url} is
 * set, that PostgreSQL instead of the embedded one.
 */
public final class TestInstallation implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "coral");
            Map<String, Object> properties = new HashMap<>();
            properties.put("coral.installation.data", folder.toString());
            properties.put("coral.installation.database-url", System.getProperty("coral.test.database-url", ""));
            properties.put("logging.file.name", folder.resolve("logs/coral.log").toString());
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test installation", properties));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
