package social.coral.usage;

import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import social.coral.api.StorableText;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;

/** Writes the ledger of calls, under a role of its own: tenants can read their entries and change none. */
@Component
public class Meter {

    private static final int MAX_ENDPOINT_LENGTH = 200;

    private final JdbcClient database;
    private final Prices prices;

    Meter(Databases databases, Prices prices) {
        this.database = JdbcClient.create(databases.meter());
        this.prices = prices;
    }

    /** Enters a call that a run of the current tenant made, in a transaction of its own: a call that was made stays entered. */
    public void record(Call call, UUID run) {
        database.sql("select usage.record_call(:tenant, :service, :endpoint, :units, :cost, :outcome, :took, :run)")
                .param("tenant", Tenant.current().id())
                .param("service", call.service())
                .param("endpoint", StorableText.truncate(call.endpoint(), MAX_ENDPOINT_LENGTH))
                .param("units", call.units())
                .param("cost", prices.microUsd(call))
                .param("outcome", call.outcome().name().toLowerCase(Locale.ROOT))
                .param("took", (int) Math.min(Integer.MAX_VALUE, call.took().toMillis()))
                .param("run", run)
                .query((row, number) -> true)
                .single();
    }
}
