package social.coral.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

/** The signatures of the claims: what other programs need to log in as the product does, and what they cost. */
final class ClaimSignatures {

    private static final String CLAIMS = "'{\"sub\":\"' || id || '\",\"role\":\"authenticated\"}'";

    private final Product product;
    private final String signed;

    /** Writes the signature of every tenant's claims into a table that a script can read. */
    ClaimSignatures(Product product) throws IOException, SQLException {
        this.product = product;
        try (Connection database = product.database();
                Statement statement = database.createStatement()) {
            statement.execute("""
                    create schema bench;
                    create table bench.signatures as select id, encode(sha256(outer_pad || sha256(inner_pad || convert_to(%s, 'UTF8'))), 'hex') as signature
                      from auth.users, tenancy.claims_key;
                    alter table bench.signatures add primary key (id);
                    grant usage on schema bench to coral_tenant;
                    grant select on bench.signatures to coral_tenant
                    """.formatted(CLAIMS));
            this.signed = text(statement, "select pg_get_functiondef('auth.uid()'::regprocedure)");
        }
    }

    /** The key that another server signs with, in hexadecimal digits. */
    static String key(Product product) throws IOException, SQLException {
        try (Connection database = product.database();
                Statement statement = database.createStatement()) {
            byte[] key = HexFormat.of().parseHex(text(statement, "select encode(inner_pad, 'hex') from tenancy.claims_key"));
            for (int i = 0; i < key.length; i++) {
                key[i] ^= 0x36;
            }
            return HexFormat.of().formatHex(key);
        }
    }

    /** The same work while {@code auth.uid()} believes any claims, in the form that PostgreSQL writes into each statement. */
    Rounds.Way unsigned(Rounds.Way way) {
        return time -> {
            replace("""
                    create or replace function auth.uid() returns uuid language sql stable
                    return (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid
                    """);
            try {
                return way.perSecond(time);
            } finally {
                replace(signed);
            }
        };
    }

    private void replace(String function) {
        try (Connection database = product.database();
                Statement statement = database.createStatement()) {
            statement.execute(function);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
