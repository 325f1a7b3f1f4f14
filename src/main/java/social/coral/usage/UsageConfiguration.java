package social.coral.usage;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import social.coral.installation.DataFolder;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RateLimitSettings.class, StripeSettings.class})
class UsageConfiguration {

    @Bean
    PriceList prices(DataFolder folder) {
        return PriceList.of(folder.resolve(PriceList.FILE));
    }
}
