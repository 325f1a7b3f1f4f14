package social.coral.identity;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.StorableText;

/**
 * Hashes and checks passwords with Argon2id, on a few threads of their own: hashing never lets go of the processor, and on
 * the threads that requests share a crowd of sign-ins would hold up everybody else. Who would wait too long is turned away.
 */
@Component
class Passwords implements AutoCloseable {

    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;
    // About three seconds' work for one thread; whoever comes later is told to come back then.
    private static final int LONGEST_QUEUE = 64;
    private static final int SECONDS_UNTIL_IT_IS_WORKED_OFF = 3;

    private final Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, MEMORY_KIB, ITERATIONS);
    private final String nobodys = hashed(OpaqueToken.fresh());
    private final ThreadPoolExecutor threads;

    @Autowired
    Passwords() {
        this(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), LONGEST_QUEUE);
    }

    Passwords(int threads, int longestQueue) {
        this.threads = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(longestQueue),
                Thread.ofPlatform().daemon().name("passwords-", 0).factory());
    }

    String hash(String password) {
        return inTurn(() -> hashed(password));
    }

    /** Whether the password opens the hash; takes as long when there is no hash, and then says no. */
    boolean matches(String password, @Nullable String hash) {
        boolean canMatch = hash != null && StorableText.is(password);
        boolean matches = inTurn(() -> encoder.matches(canMatch ? password : "nobody's", canMatch ? hash : nobodys));
        return matches && canMatch;
    }

    private String hashed(String password) {
        String hash = encoder.encode(password);
        if (hash == null) {
            throw new IllegalStateException("a password was hashed to nothing");
        }
        return hash;
    }

    <T extends Object> T inTurn(Callable<T> work) {
        Future<T> turn;
        try {
            turn = threads.submit(work);
        } catch (RejectedExecutionException full) {
            throw Failure.of(HttpStatus.SERVICE_UNAVAILABLE, "request_timeout", "Too many people are signing in right now; try again in a moment")
                    .with("retry_after", SECONDS_UNTIL_IT_IS_WORKED_OFF);
        }
        try {
            return turn.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        } catch (InterruptedException e) {
            turn.cancel(false);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting to check a password", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
