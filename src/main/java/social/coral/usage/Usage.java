package social.coral.usage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What a tenant used between two days of its time zone, both included.
 *
 * @param limit what its plan allows in a month, in cents
 * @param current what it cost, in cents, rounded up
 */
public record Usage(
        int limit, long current, long calls, long costMicroUsd, Instant periodStart, Instant periodEnd, List<ByService> byService, List<ByDay> byDay) {

    public static final long MICRO_USD_OF_A_CENT = 10_000;

    /**
     * The calls of one service.
     *
     * @param units the posts and accounts read
     * @param accounts the accounts among them
     */
    public record ByService(String service, long calls, long units, @JsonIgnore long accounts, long inputTokens, long outputTokens, long costMicroUsd) {

        @JsonIgnore
        public long posts() {
            return units - accounts;
        }
    }

    public record ByDayAndService(LocalDate day, String service, long calls, long costMicroUsd) {}

    public record ByDay(LocalDate day, long calls, long costMicroUsd) {}
}
