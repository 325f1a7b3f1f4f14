package social.coral.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;
import social.coral.api.StorableText;

/** Hashes and verifies passwords with Argon2id. Must be called through the {@link HashingQueue}. */
@Component
class Passwords {

    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;

    private final Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, MEMORY_KIB, ITERATIONS);
    private final String dummyHash = hash(OpaqueToken.generate());

    String hash(String password) {
        String hash = encoder.encode(password);
        if (hash == null) {
            throw new IllegalStateException("the encoder returned no hash");
        }
        return hash;
    }

    /** Reports whether the password matches the hash. Takes as long without a hash, and then returns false. */
    boolean matches(String password, @Nullable String hash) {
        boolean canMatch = hash != null && StorableText.isValid(password) && password.codePointCount(0, password.length()) <= PasswordRules.MAX_LENGTH;
        boolean matches = encoder.matches(canMatch ? password : "dummy", canMatch ? hash : dummyHash);
        return matches && canMatch;
    }
}
