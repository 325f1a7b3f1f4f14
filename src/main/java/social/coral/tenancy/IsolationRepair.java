package social.coral.tenancy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import social.coral.installation.DatabaseServer;
import social.coral.installation.FaultReasons;
import social.coral.installation.StartFault;

/**
 * Applies the remedies of the isolation checkup, claim by claim, until none is left or none helps: as the embedded server's
 * administrator, or as the owner within its rights.
 */
public final class IsolationRepair {

    private static final int MAX_PASSES = 8;

    private IsolationRepair() {}

    /** Runs the remedies and reports each statement with its result. */
    public static void run(DatabaseServer server, Consumer<String> tell) {
        try (Connection connection = server.connectAsAdministrator().orElseGet(server::connectAsOwner);
                Statement statement = connection.createStatement()) {
            // Running requests may lock a table; a statement that would wait for them counts as failed.
            statement.execute("set lock_timeout = '30s'");
            boolean helps = IsolationCheckup.isMade(statement);
            for (int pass = 0; helps && pass < MAX_PASSES; pass++) {
                helps = false;
                for (Claim claim : IsolationCheckup.claims()) {
                    helps |= mend(statement, claim, tell);
                }
            }
        } catch (SQLException e) {
            throw new StartFault("The isolation of tenants could not be repaired (" + FaultReasons.firstLine(e) + ").", e);
        }
    }

    /** Applies the remedies of one claim, and reports whether one of them helped. */
    private static boolean mend(Statement statement, Claim claim, Consumer<String> tell) throws SQLException {
        List<String> advised = IsolationCheckup.remedies(statement, claim);
        Map<String, String> refused = new HashMap<>();
        for (String remedy : advised) {
            try {
                statement.execute(remedy);
            } catch (SQLException e) {
                refused.put(remedy, FaultReasons.firstLine(e));
            }
        }
        List<String> left = advised.isEmpty() ? List.of() : IsolationCheckup.remedies(statement, claim);
        for (String remedy : advised) {
            boolean helped = !left.contains(remedy);
            tell.accept("%-8s %-16s %s%s".formatted(helped ? "mended" : "no help", claim.title(), remedy,
                    !helped && refused.containsKey(remedy) ? " (" + refused.get(remedy) + ")" : ""));
        }
        return !left.equals(advised);
    }
}
