package social.coral.usage;

import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import social.coral.api.StorableText;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;

/** Writes the ledger of calls, with a role of its own: a tenant can read what it used and change none of it. */
@Component
public class Meter {

    private static final int LONGEST_ENDPOINT = 200;

    private final JdbcClient database;

    Meter(Databases databases) {
        this.database = JdbcClient.create(databases.meter());
    }

    /** Enters a call of the current tenant, in a transaction of its own: a call that was made stays entered. */
    public void record(Call call) {
        database.sql("select usage.record_call(:tenant, :service, :endpoint, :units, :cost, :outcome, :took, :run)")
                .param("tenant", Tenant.current().id())
                .param("service", call.service())
                .param("endpoint", StorableText.truncate(call.endpoint(), LONGEST_ENDPOINT))
                .param("units", call.units())
                .param("cost", call.costMicroUsd())
                .param("outcome", call.outcome().name().toLowerCase(Locale.ROOT))
                .param("took", (int) Math.min(Integer.MAX_VALUE, call.took().toMillis()))
                .param("run", call.run())
                .query((row, number) -> true)
                .single();
    }
}
