package social.coral.installation;

import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InstallationSettings.class)
class InstallationConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    // A weak key is reported before a database is started.
    @Bean
    @DependsOn("masterKey")
    EmbeddedDatabase embeddedDatabase(
            DataFolder folder, InstallationSettings settings, @Value("${coral.installation.postgres-version}") String version) {
        return new EmbeddedDatabase(folder, new PostgresBinaries(settings.binariesFolders(), version));
    }

    @Bean
    DatabaseServer databaseServer(InstallationSettings settings, EmbeddedDatabase embedded) {
        if (settings.databaseUrl() != null) {
            return DatabaseUrl.parse(settings.databaseUrl());
        }
        // An application that is stopped during startup does not close its beans, so the process stops the server itself.
        SpringApplication.getShutdownHandlers().add(embedded::close);
        return embedded.start();
    }
}
