package social.coral.tenancy;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A role that the running product logs in as. None of them owns a table, and none may read two tenants' data. */
enum LoginRole {
    /** Tenant tables, through the policies. */
    TENANT("coral_tenant", 20),
    /** People, sessions, tokens and signing keys: schema {@code auth}. */
    AUTH("coral_auth", 6),
    /** Due jobs and their tenants, never content: schema {@code jobs}. */
    JOBS("coral_jobs", 4),
    /** Usage and reservations, never content: schema {@code usage}. */
    METER("coral_meter", 4);

    final String roleName;
    final int connections;

    LoginRole(String roleName, int connections) {
        this.roleName = roleName;
        this.connections = connections;
    }

    /** Returns all names as a list for SQL. */
    static String quotedNames() {
        return Arrays.stream(values()).map(role -> "'" + role.roleName + "'").collect(Collectors.joining(", "));
    }
}
