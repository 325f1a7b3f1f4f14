package social.coral.agents;

import social.coral.content.AccountVisits;
import social.coral.content.CollectedPosts;
import social.coral.content.Insights;

/** The tenant's own data, as far as agents read and write it. Every store acts for the tenant of the run. */
public record TenantData(AccountVisits visits, CollectedPosts posts, Insights insights) {}
