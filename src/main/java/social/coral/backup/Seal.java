package social.coral.backup;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import social.coral.installation.MasterKey;

/** Proves that a backup is unchanged: the checksums of its entries, and their HMAC-SHA256 under the master key. */
final class Seal {

    static final String SUMS = "sums";
    static final String NAME = "seal";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "backup";

    private Seal() {}

    static byte[] of(MasterKey masterKey, byte[] sums) {
        return hex(mac(masterKey.derive(PURPOSE, 32), sums));
    }

    static boolean fits(MasterKey masterKey, byte[] sums, byte[] seal) {
        return masterKey.deriveAll(PURPOSE, 32).stream().anyMatch(key -> MessageDigest.isEqual(hex(mac(key, sums)), seal));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256", e);
        }
    }

    private static byte[] mac(byte[] key, byte[] sums) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(sums);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks " + ALGORITHM, e);
        }
    }

    private static byte[] hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII);
    }
}
