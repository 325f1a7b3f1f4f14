package social.coral.content;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import social.coral.tenancy.BoundSetting;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ContentSettings.class)
class ContentConfiguration {

    @Bean
    BoundSetting mostPosts(ContentSettings settings) {
        return new BoundSetting("tweets_cache", settings.mostPosts());
    }
}
