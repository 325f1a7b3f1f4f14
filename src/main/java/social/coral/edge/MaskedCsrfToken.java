package social.coral.edge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The CSRF token of a session's cookie, masked differently in each page: pages are compressed, and the lengths of many responses that
 * hold a fixed secret and a guess at it would give the secret away (BREACH).
 */
final class MaskedCsrfToken {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private MaskedCsrfToken() {}

    /** The cookie's token under a fresh random mask. */
    static String of(String cookieValue) {
        byte[] mask = new byte[BYTES];
        RANDOM.nextBytes(mask);
        byte[] token = tokenOf(cookieValue);
        byte[] written = new byte[2 * BYTES];
        System.arraycopy(mask, 0, written, 0, BYTES);
        for (int i = 0; i < BYTES; i++) {
            written[BYTES + i] = (byte) (token[i] ^ mask[i]);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(written);
    }

    /** Whether this is the cookie's token under some mask. */
    static boolean isOf(String cookieValue, String given) {
        byte[] written;
        try {
            written = Base64.getUrlDecoder().decode(given);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (written.length != 2 * BYTES) {
            return false;
        }
        byte[] token = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            token[i] = (byte) (written[BYTES + i] ^ written[i]);
        }
        return MessageDigest.isEqual(token, tokenOf(cookieValue));
    }

    private static byte[] tokenOf(String cookieValue) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(("coral/csrf/" + cookieValue).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256", e);
        }
    }
}
