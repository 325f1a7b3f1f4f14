package social.coral.usage;

import java.time.LocalDate;

/**
 * What was used on a day of the person's time zone, of one service, by one agent.
 *
 * @param agent empty for calls that no agent made
 */
public record StatementLine(
        LocalDate day, String agent, String service, String unit, long calls, long units, long inputTokens, long outputTokens, long costMicroUsd) {}
