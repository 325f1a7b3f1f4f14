package social.coral.usage;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PriceSettings.class, RateLimitSettings.class})
class UsageConfiguration {}
