package social.coral.identity;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.StorableText;

/** Hashes and checks passwords with Argon2id, a few at a time, so that a crowd of sign-ins cannot exhaust the memory. */
@Component
class Passwords {

    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;
    private static final int LONGEST_WAIT_SECONDS = 10;

    private final Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, MEMORY_KIB, ITERATIONS);
    private final Semaphore places = new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);
    private final String nobodys = encoder.encode(OpaqueToken.fresh());

    String hash(String password) {
        return taking(() -> {
            String hash = encoder.encode(password);
            if (hash == null) {
                throw new IllegalStateException("a password was hashed to nothing");
            }
            return hash;
        });
    }

    /** Whether the password opens the hash; takes as long when there is no hash, and then says no. */
    boolean matches(String password, @Nullable String hash) {
        boolean canMatch = hash != null && StorableText.is(password);
        boolean matches = taking(() -> encoder.matches(canMatch ? password : "nobody's", canMatch ? hash : nobodys));
        return matches && canMatch;
    }

    private <T> T taking(Supplier<T> work) {
        try {
            if (!places.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw Failure.of(HttpStatus.SERVICE_UNAVAILABLE, "request_timeout", "Too many people are signing in right now; try again in a moment")
                        .with("retry_after", LONGEST_WAIT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting to check a password", e);
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
