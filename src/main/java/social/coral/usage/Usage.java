package social.coral.usage;

import com.fasterxml.jackson.annotation.JsonIgnore;
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

    /**
     * The calls of one service.
     *
     * @param units the posts and accounts read
     * @param accounts the accounts among them
     */
    public record ByService(String service, long calls, long units, @JsonIgnore long accounts, long costMicroUsd) {

        @JsonIgnore
        public long posts() {
            return units - accounts;
        }
    }

    public record ByDay(LocalDate day, long calls, long costMicroUsd) {}
}
