package social.coral.agents;

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

/** The tenant's own data, as far as agents read and write it. Every store acts for the tenant of the run. */
public record TenantData(
        AccountVisits visits, CollectedPosts posts, Topics topics, Insights insights, Findings findings, Personas personas, Blogs blogs, Critiques critiques,
        TweetThreads threads, PublishedPosts published, EngagementReport engagement, MentionReadings mentionReadings, Mentions mentions,
        MutedAuthors mutedAuthors, Replies replies, PostLimits limits) {}
