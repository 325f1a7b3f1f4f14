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

/**
 * Gives every application that a test starts in its own process a data folder of its own and, when the system property
 * {@code coral.test.database-url} is set, that PostgreSQL instead of the embedded one. Registered in
 * {@code spring.factories} of the tests.
 */
public final class TestInstallation implements EnvironmentPostProcessor, Ordered {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "coral");
            Map<String, Object> properties = new HashMap<>();
            properties.put("coral.installation.data", folder.toString());
            properties.put("coral.installation.binaries", "target/test-postgres");
            properties.put("coral.installation.database-url", System.getProperty("coral.test.database-url", ""));
            environment.getPropertySources().addFirst(new MapPropertySource("test installation", properties));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After the application's own properties were read, before the data folder is taken. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 10;
    }
}
