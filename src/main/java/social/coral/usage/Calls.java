package social.coral.usage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Page;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;
import social.coral.tenancy.TenantStatement;

/** The ledger of the current tenant's calls. */
@Component
public class Calls {

    private static final String WHERE = """
            from public.api_usage_logs as call, (
              select auth.known_zone(time_zone) as zone from public.user_profiles where user_id = :tenant) as person
            where call.user_id = :tenant
              and (cast(:service as text) is null or call.service_name = :service)
              and (cast(:agent as text) is null or call.agent = :agent)
              and (cast(:outcome as text) is null or call.status = :outcome)
              and (cast(:day as date) is null or call.created_at >= cast(:day as timestamp) at time zone person.zone
                and call.created_at < cast(cast(:day as date) + 1 as timestamp) at time zone person.zone)
            """;

    private final TenantDoor door;

    Calls(TenantDoor door) {
        this.door = door;
    }

    /**
     * Which calls; null for all.
     *
     * @param day a day of the person's time zone
     */
    public record Filter(@Nullable String service, @Nullable String agent, Call.@Nullable Outcome outcome, @Nullable LocalDate day) {}

    /** The newest calls first. */
    public List<LedgerCall> list(Filter filter, Page page) {
        return bind(filter, door.sql("""
                        select call.id, call.created_at, call.service_name, call.endpoint, call.model, call.unit, call.units, call.input_tokens,
                          call.cached_tokens, call.output_tokens, call.reasoning_tokens, call.cost_micro_usd, call.price_id, call.status,
                          call.response_time_ms, call.agent, call.run_id, call.step
                        """ + WHERE + "order by call.created_at desc, call.id desc limit :limit offset :offset"))
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(Calls::read);
    }

    /** Counts the calls that match, up to {@code most}. */
    public int count(Filter filter, int most) {
        return bind(filter, door.sql("select count(*) from (select 1 " + WHERE + "limit :most) as counted"))
                .param("most", most)
                .one(row -> row.getInt(1));
    }

    private static TenantStatement bind(Filter filter, TenantStatement statement) {
        Call.Outcome outcome = filter.outcome();
        return statement.param("service", filter.service())
                .param("agent", filter.agent())
                .param("outcome", outcome == null ? null : outcome.toString())
                .param("day", filter.day());
    }

    private static LedgerCall read(ResultSet row) throws SQLException {
        return new LedgerCall(
                Columns.id(row),
                Columns.instant(row, "created_at"),
                row.getString("service_name"),
                row.getString("endpoint"),
                row.getString("model"),
                row.getString("unit"),
                row.getLong("units"),
                row.getInt("input_tokens"),
                row.getInt("cached_tokens"),
                row.getInt("output_tokens"),
                row.getInt("reasoning_tokens"),
                row.getLong("cost_micro_usd"),
                row.getString("price_id"),
                row.getString("status"),
                row.getInt("response_time_ms"),
                row.getString("agent"),
                row.getObject("run_id", UUID.class),
                row.getString("step"));
    }
}
