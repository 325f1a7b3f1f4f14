package social.coral.egress;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EgressSettings.class)
class EgressConfiguration {

    @Bean
    Egress egress(EgressSettings settings) {
        return new Egress(new Destinations(AllowedEndpoints.of(settings), Resolver.SYSTEM));
    }
}
