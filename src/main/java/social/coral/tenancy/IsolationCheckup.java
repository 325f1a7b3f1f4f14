package social.coral.tenancy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import social.coral.installation.DatabaseServer;
import social.coral.installation.Finding;

/** Asks the catalogue of a live database, as its owner and changing nothing, whether each claim of isolation holds. */
public final class IsolationCheckup {

    private static final int MOST_NAMED = 20;

    private IsolationCheckup() {}

    /** A finding for each claim; a fault names every object that breaks it. */
    public static List<Finding> of(DatabaseServer server) {
        try (Connection owner = server.connectAsOwner()) {
            List<Finding> findings = of(owner);
            if (findings.size() > 1) {
                findings.add(audit(server));
            }
            return findings;
        } catch (SQLException e) {
            return List.of(Finding.fault("database", "could not be looked at (" + e.getMessage() + ")"));
        }
    }

    static List<Finding> of(Connection owner) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        try (Statement statement = owner.createStatement()) {
            if (names(statement, "select 'tenancy' where to_regclass('tenancy.bounds') is not null").isEmpty()) {
                return new ArrayList<>(List.of(Finding.ok("database", "not brought to this version yet; ./coral run does that")));
            }
            for (Claim claim : claims()) {
                List<String> breaches = names(statement, claim.breaches());
                findings.add(breaches.isEmpty()
                        ? Finding.ok(claim.title(), claim.sentence())
                        : Finding.fault(claim.title(), "not true that " + claim.sentence() + "; look at " + String.join(", ", breaches)));
            }
            findings.add(serverFunctions(ClosedFunctions.open(statement)));
        }
        return findings;
    }

    static List<Claim> claims() {
        List<Claim> claims = new ArrayList<>(List.of(IsolationClaim.values()));
        claims.addAll(List.of(BoundClaim.values()));
        return claims;
    }

    private static Finding audit(DatabaseServer server) {
        List<String> broken = new ArrayList<>();
        try (OwnerDoor owner = OwnerDoor.open(server)) {
            owner.eachTenant(() -> AuditChain.firstBreak(owner.tenants())
                    .filter(place -> broken.size() < MOST_NAMED)
                    .ifPresent(place -> broken.add("entry " + place + " of tenant " + Tenant.current().id())));
        }
        String claim = "every tenant's audit is as it was written, without an altered or missing entry";
        return broken.isEmpty() ? Finding.ok("audit", claim) : Finding.fault("audit", "not true that " + claim + "; look at " + String.join(", ", broken));
    }

    private static Finding serverFunctions(List<String> open) {
        String claim = "functions of the server that reach other sessions or leave something behind are closed to tenants";
        return open.isEmpty()
                ? Finding.ok("server functions", claim)
                : Finding.warning("server functions", "only a superuser can make it true that " + claim + "; as one: revoke execute on function "
                        + String.join(", ", open) + " from public");
    }

    private static List<String> names(Statement statement, String sql) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
