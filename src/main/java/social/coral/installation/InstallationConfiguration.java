package social.coral.installation;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InstallationSettings.class)
class InstallationConfiguration {

    @Bean
    @ConditionalOnProperty(name = "coral.installation.database-url", havingValue = "", matchIfMissing = true)
    EmbeddedDatabase embeddedDatabase(DataFolder folder) {
        return new EmbeddedDatabase(folder);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    DatabaseServer databaseServer(InstallationSettings settings, ObjectProvider<EmbeddedDatabase> embedded) {
        EmbeddedDatabase own = embedded.getIfAvailable();
        return own != null ? own.server() : DatabaseUrl.parse(String.valueOf(settings.databaseUrl()));
    }
}
