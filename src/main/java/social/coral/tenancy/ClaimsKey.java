package social.coral.tenancy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that makes the claims of a transaction count: PostgreSQL believes only those that carry their HMAC-SHA256 (RFC 2104).
 * It is in the database, where only the owner can read it, and is read once, before the owner's connection is closed.
 */
final class ClaimsKey {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BLOCK = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    /** With the key in it, and never used itself: to find and prepare one takes longer than to sign. */
    private final Mac keyed;

    private ClaimsKey(byte[] key) {
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks " + ALGORITHM, e);
        }
    }

    /** The database's key, made now if it has none. */
    static ClaimsKey of(Connection owner) throws SQLException {
        byte[] fresh = new byte[BLOCK];
        new SecureRandom().nextBytes(fresh);
        try (PreparedStatement insert = owner.prepareStatement("""
                insert into tenancy.claims_key (inner_pad, outer_pad) values (?, ?) on conflict (only_one) do nothing
                """)) {
            insert.setBytes(1, masked(fresh, INNER));
            insert.setBytes(2, masked(fresh, OUTER));
            insert.execute();
        }
        try (Statement select = owner.createStatement();
                ResultSet row = select.executeQuery("select inner_pad from tenancy.claims_key")) {
            row.next();
            return new ClaimsKey(masked(row.getBytes(1), INNER));
        }
    }

    private static byte[] masked(byte[] bytes, byte mask) {
        byte[] masked = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            masked[i] = (byte) (bytes[i] ^ mask);
        }
        return masked;
    }

    /** The signature of these claims, in hexadecimal digits. */
    String sign(String claims) {
        try {
            Mac mac = (Mac) keyed.clone();
            return HexFormat.of().formatHex(mac.doFinal(claims.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this JDK cannot copy its " + ALGORITHM, e);
        }
    }
}
