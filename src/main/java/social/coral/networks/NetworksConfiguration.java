package social.coral.networks;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import social.coral.egress.Egress;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NetworksSettings.class)
class NetworksConfiguration {

    @Bean
    Networks networks(Egress egress, NetworksSettings settings) {
        return new Networks(egress, settings, Clock.systemUTC(), new Backoff(() -> ThreadLocalRandom.current().nextLong(), Thread::sleep));
    }
}
