package social.coral.agents;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import social.coral.content.AccountVisits;
import social.coral.content.CollectedPosts;
import social.coral.content.Topics;

@Configuration(proxyBeanMethods = false)
class AgentsConfiguration {

    @Bean
    TenantData tenantData(AccountVisits visits, CollectedPosts posts, Topics topics) {
        return new TenantData(visits, posts, topics);
    }
}
