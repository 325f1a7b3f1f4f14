package social.coral.tenancy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import social.coral.installation.DatabaseServer;
import social.coral.installation.Finding.Level;
import social.coral.installation.Finding;
import social.coral.installation.StartFault;

/** Checks each claim of isolation against the catalogue of a live database, as its owner and without changes. */
public final class IsolationCheckup {

    private static final int MAX_NAMED = 20;
    private static final String FOREIGN_CLAIMS = """
            select 'foreign' from pg_proc p, pg_namespace n
            where p.oid = to_regprocedure('auth.uid()') and n.nspname = 'tenancy' and p.proowner <> n.nspowner
            """;

    private record Breach(String object, String remedy) {}

    private IsolationCheckup() {}

    /** Returns a finding for each claim, including slow checks; a fault names every violation. */
    public static List<Finding> of(DatabaseServer server) {
        List<Finding> findings = new ArrayList<>(quick(server));
        if (findings.size() > 1) {
            findings.add(audit(server));
        }
        return findings;
    }

    /** Returns the findings without slow checks: the catalogue alone, some milliseconds for each claim. */
    public static List<Finding> quick(DatabaseServer server) {
        try (Connection owner = server.connectAsOwner()) {
            return of(owner);
        } catch (SQLException e) {
            return List.of(Finding.fault("database", "The database could not be checked (" + e.getMessage() + ")."));
        }
    }

    static List<Finding> of(Connection owner) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        try (Statement statement = owner.createStatement()) {
            if (!isMade(statement)) {
                return List.of(Finding.ok("database", "not upgraded to this version yet; ./coral run upgrades it"));
            }
            broken(statement, claims()).forEach((claim, finding) -> findings.add(finding));
            findings.add(serverFunctions(statement));
        }
        return findings;
    }

    static List<Claim> claims() {
        List<Claim> claims = new ArrayList<>(List.of(IsolationClaim.values()));
        claims.addAll(List.of(BoundClaim.values()));
        return claims;
    }

    /** Refuses a database in which a claim is broken that keeps tenants apart. */
    static void refuseBroken(Connection owner) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            refuseBroken(statement, claims().stream().filter(Claim::refusesStart).toList());
        }
    }

    /** Refuses to upgrade a database in which a function was replaced, because afterwards it would count as made by the migrations. */
    static void refuseReplaced(Statement owner) throws SQLException {
        if (isMade(owner)) {
            refuseBroken(owner, List.of(IsolationClaim.FUNCTIONS));
        }
    }

    private static void refuseBroken(Statement owner, List<Claim> claims) throws SQLException {
        List<String> open = new ArrayList<>();
        broken(owner, claims).forEach((claim, finding) -> {
            if (finding.level() == Level.FAULT) {
                open.add("At \"" + finding.subject() + "\": " + finding.sentence());
            }
        });
        if (!open.isEmpty()) {
            throw new StartFault("The wall between tenants is open. ./coral doctor --isolation --mend closes what this installation may close. "
                    + String.join(" ", open));
        }
    }

    static boolean isMade(Statement statement) throws SQLException {
        return isTrue(statement, "select 'tenancy' where to_regclass('tenancy.functions') is not null");
    }

    /** Returns the statements that fix a claim; none where that is up to the platform. */
    static List<String> remedies(Statement statement, Claim claim) throws SQLException {
        return claim.isOfThePlatform() && isTrue(statement, FOREIGN_CLAIMS) ? List.of() : remedies(breaches(statement, claim.breaches()));
    }

    private static Map<Claim, Finding> broken(Statement statement, List<Claim> claims) throws SQLException {
        boolean foreignClaims = isTrue(statement, FOREIGN_CLAIMS);
        Map<Claim, Finding> findings = new LinkedHashMap<>();
        for (Claim claim : claims) {
            List<Breach> breaches = breaches(statement, claim.breaches());
            findings.put(claim, breaches.isEmpty() ? Finding.ok(claim.title(), claim.sentence())
                    : foreignClaims && claim.isOfThePlatform() ? Finding.warning(claim.title(), sentence(claim, breaches))
                    : Finding.fault(claim.title(), sentence(claim, breaches)));
        }
        return findings;
    }

    private static String sentence(Claim claim, List<Breach> breaches) {
        String named = String.join(", ", breaches.stream().map(Breach::object).limit(MAX_NAMED).toList());
        List<String> remedies = remedies(breaches).stream().limit(MAX_NAMED).toList();
        return "It is not true that " + claim.sentence() + ". Look at " + named
                + (remedies.isEmpty() ? "." : ". Run as an administrator of the database: " + String.join("; ", remedies) + ".");
    }

    private static List<String> remedies(List<Breach> breaches) {
        return breaches.stream().map(Breach::remedy).filter(remedy -> !remedy.isEmpty()).distinct().toList();
    }

    private static Finding audit(DatabaseServer server) {
        List<String> broken = new ArrayList<>();
        try (OwnerDoor owner = OwnerDoor.open(server)) {
            owner.eachTenant(() -> AuditChain.firstBreak(owner.tenants())
                    .filter(place -> broken.size() < MAX_NAMED)
                    .ifPresent(place -> broken.add("entry " + place + " of tenant " + Tenant.current().id())));
        } catch (DataAccessException e) {
            return Finding.warning("audit", "The audit cannot be checked until this version's migrations are applied. ./coral run applies them.");
        }
        String claim = "every tenant's audit is as it was written, without an altered or missing entry";
        return broken.isEmpty() ? Finding.ok("audit", claim) : Finding.fault("audit", "It is not true that " + claim + ". Look at " + String.join(", ", broken) + ".");
    }

    private static Finding serverFunctions(Statement statement) throws SQLException {
        List<String> open = RevokedFunctions.open(statement);
        String claim = "functions of the server that reach other sessions or leave something behind are closed to tenants";
        if (open.isEmpty()) {
            return Finding.ok("server functions", claim);
        }
        String functions = String.join(", ", open);
        String owner = breaches(statement, "select nspowner::regrole::text, null from pg_namespace where nspname = 'tenancy'").getFirst().object();
        return Finding.warning("server functions", "Only a superuser can make it true that " + claim + ". Run as one: revoke execute on function "
                + functions + " from public; grant execute on function " + functions + " to " + owner + ".");
    }

    private static boolean isTrue(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next();
        }
    }

    private static List<Breach> breaches(Statement statement, String sql) throws SQLException {
        List<Breach> breaches = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String remedy = rows.getMetaData().getColumnCount() > 1 ? rows.getString(2) : null;
                breaches.add(new Breach(rows.getString(1), remedy == null ? "" : remedy));
            }
        }
        return breaches;
    }
}
