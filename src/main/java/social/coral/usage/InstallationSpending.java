package social.coral.usage;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import social.coral.tenancy.Columns;
import social.coral.tenancy.OwnerDoor;

/** What the whole installation may spend in a month (in UTC), and whether its operator has stopped all spending. */
public final class InstallationSpending {

    private static final BigDecimal MICRO = BigDecimal.valueOf(1_000_000);

    private final OwnerDoor owner;
    private final JdbcClient database;

    public InstallationSpending(OwnerDoor owner) {
        this.owner = owner;
        this.database = JdbcClient.create(owner.own());
    }

    /**
     * Where the month stands, in millionths of a US dollar.
     *
     * @param openMicroUsd what calls that are being made may cost; counted while there is a limit
     * @param limitMicroUsd null for no limit
     * @param stoppedAt null while calls are made
     */
    public record Standing(long spentMicroUsd, long openMicroUsd, @Nullable Long limitMicroUsd, @Nullable Instant stoppedAt) {}

    public Standing standing() {
        return database.sql("""
                        select month_micro_usd, stopped_at, (
                            select coalesce(sum(cost_micro_usd), 0) from usage.months where month = date_trunc('month', now(), 'UTC')::date) as spent,
                          (select coalesce(sum(amount_micro_usd), 0) from usage.open_calls where expires_at > now()) as open
                        from usage.installation
                        """)
                .query((row, number) -> new Standing(
                        row.getLong("spent"), row.getLong("open"), row.getObject("month_micro_usd", Long.class), Columns.optionalInstant(row, "stopped_at")))
                .single();
    }

    /** Ends all calls of everybody, from the next one on. */
    public void stop() {
        database.sql("update usage.installation set stopped_at = coalesce(stopped_at, now())").update();
    }

    public void resume() {
        database.sql("update usage.installation set stopped_at = null").update();
    }

    /** Sets the limit; null for none. What is reserved already counts against it, too. */
    public void limit(@Nullable BigDecimal usd) {
        database.sql("update usage.installation set month_micro_usd = :most")
                .param("most", usd == null ? null : usd.multiply(MICRO).longValueExact())
                .update();
        if (usd != null) {
            owner.eachTenant(this::countOpenCalls);
        }
    }

    /** The calls that were opened while there was no limit. Their rows are locked, so none is counted that ends meanwhile. */
    private void countOpenCalls() {
        owner.tenants().sql("""
                        insert into usage.open_calls (reservation, month, amount_micro_usd, expires_at)
                        select id, date_trunc('month', created_at, 'UTC')::date, amount_micro_usd, expires_at from public.usage_reservations
                        where user_id = :tenant and expires_at > now() for update
                        on conflict (reservation) do nothing
                        """)
                .update();
    }
}
