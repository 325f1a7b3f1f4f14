package social.coral.content;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import social.coral.portability.RowLimit;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ContentSettings.class)
class ContentConfiguration {

    @Bean
    RowLimit mostPosts(ContentSettings settings) {
        return new RowLimit("tweets_cache", settings.mostPosts());
    }

    @Bean
    RowLimit mostAccounts() {
        return new RowLimit("x_accounts", XAccounts.MOST);
    }

    @Bean
    RowLimit mostPersonas() {
        return new RowLimit("personas", Personas.MOST);
    }
}
