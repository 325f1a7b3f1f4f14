package social.coral.usage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.StorableText;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;
import social.coral.usage.Call.Outcome;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one gate to services that cost money: reserves the most that a call can cost, and settles what it did cost. Writes under a role of
 * its own, each time in one statement and one transaction; tenants can read its tables and change none.
 */
@Component
public class Meter {

    /** Longer than any call takes, so only a call whose process ended leaves a reservation that expires. */
    static final Duration VALID = Duration.ofHours(1);

    private static final int MAX_ENDPOINT_LENGTH = 200;
    private static final int MAX_MODEL_LENGTH = 100;
    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient database;
    private final PriceList prices;
    private final Clock clock;

    @Autowired
    Meter(Databases databases, PriceList prices, Clock clock) {
        this(databases.meter(), prices, clock);
    }

    Meter(DataSource database, PriceList prices, Clock clock) {
        this.database = JdbcClient.create(database);
        this.prices = prices;
        this.clock = clock;
    }

    /**
     * What a call of the current tenant is made for.
     *
     * @param agent empty for a call that no agent makes
     */
    public record Reason(String agent, @Nullable UUID run, @Nullable String step) {}

    /**
     * Reserves the most that a call can use, which is needed before it is made. A {@link BudgetFailure} where a limit has no room
     * for it, or where calls are stopped.
     */
    public OpenCall open(Call call, Amount most, Reason reason) {
        long cost = price(call, most);
        Map<String, @Nullable Object> entry = entry(call, reason);
        UUID tenant = Tenant.current().id();
        Reserved reserved = database.sql("select * from usage.reserve(:tenant, cast(:call as jsonb), :cost, cast(:valid as interval))")
                .param("tenant", tenant)
                .param("call", JSON.writeValueAsString(entry))
                .param("cost", cost)
                .param("valid", VALID.toSeconds() + " seconds")
                .query((row, number) -> new Reserved(row.getObject("reservation", UUID.class), BudgetFailure.read(row, cost)))
                .single();
        if (reserved.refusal() != null) {
            throw reserved.refusal();
        }
        return new Opened(tenant, reserved.reservation(), call, entry);
    }

    /** Returns what a call costs that uses so much, at today's price, in millionths of a US dollar. */
    public long price(Call call, Amount used) {
        return prices.cost(call, used, clock.instant()).microUsd();
    }

    /** Returns the {@link BudgetFailure} of every call of the current tenant while all of them are stopped, by the tenant or by the operator. */
    public Optional<Failure> stopped() {
        try {
            open(new Call("", "", ""), Amount.NONE, new Reason("", null, null)).release();
            return Optional.empty();
        } catch (Failure failure) {
            if (!BudgetFailure.is(failure)) {
                throw failure;
            }
            return Optional.of(failure);
        }
    }

    private record Reserved(@Nullable UUID reservation, @Nullable Failure refusal) {}

    private static Map<String, @Nullable Object> entry(Call call, Reason reason) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("service_name", call.service());
        entry.put("endpoint", StorableText.truncate(call.endpoint(), MAX_ENDPOINT_LENGTH));
        entry.put("model", StorableText.truncateNullable(call.model(), MAX_MODEL_LENGTH));
        entry.put("unit", call.unit());
        entry.put("agent", reason.agent());
        entry.put("run_id", reason.run());
        entry.put("step", StorableText.truncateNullable(reason.step(), MAX_ENDPOINT_LENGTH));
        return entry;
    }

    private final class Opened implements OpenCall {

        private final UUID tenant;
        private final @Nullable UUID reservation;
        private final Call call;
        private final Map<String, @Nullable Object> entry;

        Opened(UUID tenant, @Nullable UUID reservation, Call call, Map<String, @Nullable Object> entry) {
            this.tenant = tenant;
            this.reservation = reservation;
            this.call = call;
            this.entry = entry;
        }

        @Override
        public void settle(Outcome outcome, Amount used, Duration took) {
            describe(outcome, used, took);
            database.sql("select usage.settle(:tenant, :reservation, cast(:call as jsonb))")
                    .param("tenant", tenant)
                    .param("reservation", reservation)
                    .param("call", JSON.writeValueAsString(entry))
                    .query(Boolean.class)
                    .single();
        }

        @Override
        public void settle(Outcome outcome, Amount used, Duration took, String request, String answer) {
            describe(outcome, used, took);
            database.sql("select usage.settle_and_keep(:tenant, :reservation, cast(:call as jsonb), :request, :answer)")
                    .param("tenant", tenant)
                    .param("reservation", reservation)
                    .param("call", JSON.writeValueAsString(entry))
                    .param("request", request)
                    .param("answer", answer)
                    .query(Boolean.class)
                    .single();
        }

        private void describe(Outcome outcome, Amount used, Duration took) {
            PriceList.Cost cost = prices.cost(call, used, clock.instant());
            entry.put("units", used.units());
            entry.put("input_tokens", used.inputTokens());
            entry.put("cached_tokens", used.cachedTokens());
            entry.put("output_tokens", used.outputTokens());
            entry.put("reasoning_tokens", used.reasoningTokens());
            entry.put("cost_micro_usd", cost.microUsd());
            entry.put("price_id", cost.price());
            entry.put("status", outcome.toString());
            entry.put("response_time_ms", (int) Math.min(Integer.MAX_VALUE, took.toMillis()));
        }

        @Override
        public void release() {
            if (reservation != null) {
                database.sql("select usage.release(:tenant, :reservation)")
                        .param("tenant", tenant)
                        .param("reservation", reservation)
                        .query((row, number) -> true)
                        .single();
            }
        }
    }
}
