package social.coral.usage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call as the ledger has it.
 *
 * @param priceId names the price that was applied; null for a call from before prices had names
 * @param agent the agent that made it; null or empty for none
 * @param outcome {@code ok}, {@code refused}, {@code failed} or {@code cut_short}
 */
public record LedgerCall(
        UUID id,
        Instant createdAt,
        String service,
        String endpoint,
        @Nullable String model,
        String unit,
        long units,
        int inputTokens,
        int cachedTokens,
        int outputTokens,
        int reasoningTokens,
        long costMicroUsd,
        @Nullable String priceId,
        String outcome,
        int durationMs,
        @Nullable String agent,
        @Nullable UUID runId,
        @Nullable String step) {

    /** Reports whether the model has no price, so the dearest of its service was taken. */
    @JsonIgnore
    public boolean isPriceAssumed() {
        return priceId != null && priceId.startsWith(PriceList.Cost.ASSUMED);
    }
}
