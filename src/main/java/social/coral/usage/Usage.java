package social.coral.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What a tenant used between two days, both included, in UTC.
 *
 * @param limit the calls that its plan allows a month
 * @param current the calls made in the period
 */
public record Usage(
        int limit, long current, long costMicroUsd, Instant periodStart, Instant periodEnd, List<ByService> byService, List<ByDay> byDay) {

    public record ByService(String service, long calls, long units, long costMicroUsd) {}

    public record ByDay(LocalDate day, long calls, long costMicroUsd) {}
}
