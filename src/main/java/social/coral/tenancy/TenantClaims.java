package social.coral.tenancy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Tells PostgreSQL whose work a transaction is: the one place that knows how the claims are set. */
final class TenantClaims {

    /** So many parameters come before those of a statement that the claims are sent with. */
    static final int PARAMETERS = 2;

    private static final String SET = "select set_config('request.jwt.claims', ?, true), set_config('coral.claims_signature', ?, true)";

    private final ClaimsKey key;

    TenantClaims(ClaimsKey key) {
        this.key = key;
    }

    /** Sets them for the transaction that is open. */
    void set(Connection connection, Tenant tenant) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(SET)) {
            bind(prepared, tenant);
            prepared.execute();
        }
    }

    /** The statement with the claims before it, for one round trip and one transaction; its own result is the second. */
    static String before(String sql) {
        return SET + ";" + sql;
    }

    /** Prepares a statement that has the claims {@link #before} it. */
    PreparedStatement prepare(Connection connection, Tenant tenant, String sql) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(sql);
        bind(prepared, tenant);
        return prepared;
    }

    /** Whether they count for nothing, because their person is gone. */
    boolean areVoid(Connection connection, Tenant tenant) throws SQLException {
        try (PreparedStatement asked = prepare(connection, tenant, before("select auth.uid() is null"))) {
            asked.execute();
            asked.getMoreResults();
            try (ResultSet answer = asked.getResultSet()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    private void bind(PreparedStatement prepared, Tenant tenant) throws SQLException {
        String claims = "{\"sub\":\"" + tenant.id() + "\",\"role\":\"authenticated\"" + Actor.current().claims() + "}";
        prepared.setString(1, claims);
        prepared.setString(2, key.sign(claims));
    }
}
