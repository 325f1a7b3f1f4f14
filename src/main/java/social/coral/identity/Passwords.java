package social.coral.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;
import social.coral.api.StorableText;

/** Hashes and checks passwords with Argon2id. Done where it is the caller's turn, see {@link HashingQueue}. */
@Component
class Passwords {

    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;

    private final Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, MEMORY_KIB, ITERATIONS);
    private final String nobodys = hash(OpaqueToken.fresh());

    String hash(String password) {
        String hash = encoder.encode(password);
        if (hash == null) {
            throw new IllegalStateException("a password was hashed to nothing");
        }
        return hash;
    }

    /** Whether the password opens the hash; takes as long when there is no hash, and then says no. */
    boolean matches(String password, @Nullable String hash) {
        boolean canMatch = hash != null && StorableText.is(password) && password.codePointCount(0, password.length()) <= PasswordRules.LONGEST;
        boolean matches = encoder.matches(canMatch ? password : "nobody's", canMatch ? hash : nobodys);
        return matches && canMatch;
    }
}
