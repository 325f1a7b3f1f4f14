package social.coral.usage;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;

/** What the current tenant's plan limits beside the month's cost. How many accounts and schedules it allows, the door enforces. */
@Component
public class PlanLimits {

    /** The code of what a plan does not allow. */
    public static final String CODE = "plan_limit";

    private static final Duration REFRESH = Duration.ofSeconds(30);
    private static final int MAX_TENANTS = 100_000;

    private final TenantDoor door;
    // Refreshed beside the requests, so that none of them waits for it but a tenant's first.
    private final LoadingCache<Tenant, Long> requestsPerMinute = Caffeine.newBuilder()
            .maximumSize(MAX_TENANTS).expireAfterAccess(REFRESH.multipliedBy(10)).refreshAfterWrite(REFRESH).build(tenant -> tenant.call(this::readRequestsPerMinute));

    PlanLimits(TenantDoor door) {
        this.door = door;
    }

    /**
     * The limits; null for none.
     *
     * @param accounts how many X accounts may be active
     * @param agents how many agents may have a schedule
     * @param models providers, and models as {@code provider/model}, that agents may use; empty for all
     * @param retentionDays how long collected posts, runs, log entries and calls are kept
     * @param pausedAccounts the accounts that the plan had no room for and that are still paused, a hundred at most
     * @param roomForAccounts how many more can be active
     * @param endedSchedules the agents whose schedules it had no room for and that are still off
     * @param roomForAgents how many more can have a schedule
     */
    public record Current(@Nullable Integer accounts, @Nullable Integer agents, @Nullable Integer requestsPerMinute, List<String> models,
            @Nullable Integer retentionDays, List<String> pausedAccounts, long roomForAccounts, List<String> endedSchedules, long roomForAgents) {

        public boolean isAny() {
            return accounts != null || agents != null || requestsPerMinute != null || !models.isEmpty() || retentionDays != null;
        }
    }

    public Current current() {
        return door.sql("""
                        select plan.*, array(select username from public.x_accounts
                            where user_id = :tenant and not is_active and held_back_at is not null order by username limit 100) as paused,
                          array(select agent from public.agent_schedules
                            where user_id = :tenant and not enabled and held_back_at is not null order by agent limit 100) as ended,
                          coalesce(plan.accounts, 1000000) - (select count(*) from public.x_accounts where user_id = :tenant and is_active) as room_for_accounts,
                          coalesce(plan.agents, 1000000) - (select count(*) from public.agent_schedules where user_id = :tenant and enabled) as room_for_agents
                        from auth.plan_limits() as plan
                        """)
                .one(PlanLimits::read);
    }

    /** Throws a 403 {@code plan_limit} if the plan does not include a model. */
    public void requireModel(String provider, String providerTitle, String model) {
        List<String> models = door.sql("select models from auth.plan_limits()").first(row -> texts(row, "models")).orElse(List.of());
        if (!models.isEmpty() && !models.contains(provider) && !models.contains(provider + "/" + model)) {
            throw Failure.of(HttpStatus.FORBIDDEN, CODE, "Your plan does not include the model " + model + " of " + providerTitle + ". It includes "
                    + String.join(", ", models) + ". Choose another model, or ask your administrator for a larger plan.").with("limit", "models");
        }
    }

    /** Returns how many requests a minute the plan of a tenant allows. */
    long requestsPerMinute(Tenant tenant) {
        return requestsPerMinute.get(tenant);
    }

    private Long readRequestsPerMinute() {
        return door.sql("select requests_per_minute from auth.plan_limits() where requests_per_minute is not null").first(row -> row.getLong(1)).orElse(Long.MAX_VALUE);
    }

    private static Current read(ResultSet row) throws SQLException {
        return new Current(row.getObject("accounts", Integer.class), row.getObject("agents", Integer.class), row.getObject("requests_per_minute", Integer.class),
                texts(row, "models"), row.getObject("retention_days", Integer.class), texts(row, "paused"), row.getLong("room_for_accounts"),
                texts(row, "ended"), row.getLong("room_for_agents"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array texts = row.getArray(column);
        return texts == null ? List.of() : List.of((String[]) texts.getArray());
    }
}
