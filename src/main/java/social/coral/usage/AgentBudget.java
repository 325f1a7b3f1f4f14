package social.coral.usage;

import org.jspecify.annotations.Nullable;

/**
 * What a tenant allows one agent to spend, in millionths of a US dollar.
 *
 * @param monthMicroUsd in a month; null for no limit
 * @param runMicroUsd in one run; null for no limit
 */
public record AgentBudget(String agent, @Nullable Long monthMicroUsd, @Nullable Long runMicroUsd) {}
