package social.coral.usage;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import social.coral.installation.DatabaseServer;
import social.coral.installation.Finding;
import social.coral.installation.StartFault;
import social.coral.tenancy.OwnerDoor;

/** Checks the prices that the operator sets, and whether calls were made that have no price. */
public final class PriceCheckup {

    private static final String SUBJECT = "prices";

    private PriceCheckup() {}

    /** Returns findings on the operator's own file. */
    public static List<Finding> of(Path own, Instant now) {
        try {
            PriceList prices = PriceList.of(own);
            List<PriceList.Line> valid = prices.valid(now);
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.ok(SUBJECT, valid.size() + " apply today, " + valid.stream().filter(PriceList.Line::own).count() + " of them from " + own));
            prices.outdated(now).forEach(line -> findings.add(Finding.warning(SUBJECT, "Your price of " + line.name() + " is from " + line.validFrom()
                    + ", and a newer one ships with this version. Yours applies. Compare it with " + line.source() + ", then give it a new day or remove the line.")));
            return findings;
        } catch (StartFault fault) {
            return List.of(Finding.fault(SUBJECT, fault.getMessage() + " The next start would fail. Correct or remove the file."));
        }
    }

    /** Returns a warning that names the models that were charged without a price of their own; nothing where there are none. */
    public static List<Finding> models(DatabaseServer server) {
        TreeSet<String> models = new TreeSet<>();
        try (OwnerDoor owner = OwnerDoor.open(server)) {
            owner.eachTenant(() -> models.addAll(owner.tenants().sql("""
                            select distinct service_name || ' ' || coalesce(model, '') as name from public.api_usage_logs
                            where user_id = :tenant and price_id like 'assumed:%' order by name limit 100
                            """)
                    .list(row -> row.getString("name"))));
        }
        return models.isEmpty() ? List.of() : List.of(Finding.warning(SUBJECT, "No price is known, or not for all of a call, for " + String.join(", ", models)
                + ". Calls were charged at the dearest price of their service. Add their prices to " + PriceList.FILE + " in the data folder."));
    }
}
