package social.coral.agents;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import social.coral.content.AccountVisits;
import social.coral.content.Blogs;
import social.coral.content.CollectedPosts;
import social.coral.content.Critiques;
import social.coral.content.EngagementReport;
import social.coral.content.Findings;
import social.coral.content.Insights;
import social.coral.content.MentionReadings;
import social.coral.content.Mentions;
import social.coral.content.MutedAuthors;
import social.coral.content.Personas;
import social.coral.content.PostLimits;
import social.coral.content.PublishedPosts;
import social.coral.content.Replies;
import social.coral.content.Topics;
import social.coral.content.TweetThreads;

@Configuration(proxyBeanMethods = false)
class AgentsConfiguration {

    @Bean
    TenantData tenantData(AccountVisits visits, CollectedPosts posts, Insights insights, Topics topics, Findings findings, Personas personas, Blogs blogs, Critiques critiques,
            TweetThreads threads, PublishedPosts published, EngagementReport engagement, MentionReadings readings, Mentions mentions, MutedAuthors muted,
            Replies replies, PostLimits limits) {
        return new TenantData(visits, posts, topics, insights, findings, personas, blogs, critiques, threads, published, engagement, readings, mentions, muted, replies,
                limits);
    }
}
