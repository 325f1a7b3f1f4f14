package social.coral.installation;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.BootstrapContextClosedEvent;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Reads all settings, and locks the data folder, before anything else happens, so that a second start disturbs neither the log
 * nor the database of the first, and places the log in it. Registered in {@code spring.factories}.
 */
final class StartPreparation implements EnvironmentPostProcessor, Ordered {

    private final ConfigurableBootstrapContext bootstrap;

    StartPreparation(ConfigurableBootstrapContext bootstrap) {
        this.bootstrap = bootstrap;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Binder binder = Binder.get(environment);
        InstallationSettings settings = binder.bindOrCreate("coral.installation", InstallationSettings.class);
        readAllSettings(binder);
        if (settings.databaseUrl() != null) {
            DatabaseUrl.parse(settings.databaseUrl());
        }
        DataFolder folder = DataFolder.open(settings.dataFolder());
        ServingPort.requireFree(ServingPort.configured(environment));
        environment.getPropertySources().addLast(new MapPropertySource(
                "data folder", Map.of(
                        "logging.file.name", folder.resolve("logs/coral.log").toString(),
                        "server.tomcat.basedir", folder.temporary().resolve("tomcat").toString())));
        bootstrap.addCloseListener(event -> handOver(event, folder));
    }

    /** So that a wrong setting is named before anything is begun. The classes are listed in a resource beside {@code spring.factories}. */
    private static void readAllSettings(Binder binder) {
        for (String name : ImportCandidates.load(ConfigurationProperties.class, null)) {
            Class<?> settings = ClassUtils.resolveClassName(name, null);
            binder.bindOrCreate(settings.getAnnotation(ConfigurationProperties.class).value(), settings);
        }
    }

    private static void handOver(BootstrapContextClosedEvent event, DataFolder folder) {
        ((GenericApplicationContext) event.getApplicationContext()).registerBean(DataFolder.class, () -> folder);
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
