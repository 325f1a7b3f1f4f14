package social.coral.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.tenancy.Columns;
import social.coral.tenancy.DeclaredTables;
import social.coral.tenancy.TableDeclaration;
import social.coral.tenancy.TenantDoor;

/**
 * Does a write once for each key of a tenant, in the transaction that also stores its response, so that both exist or neither. A
 * refused write stores nothing, so that it can be corrected and sent again with the same key.
 */
@Component
public class IdempotentWrites {

    // More writes than ever run at the same time, which a count does not see.
    private static final int RACE_MARGIN = 500;

    /** A response, and whether it is that of an earlier request. */
    public record Outcome(StoredAnswer answer, boolean repeated) {}

    private record Kept(byte[] requestHash, StoredAnswer answer) {}

    private final TenantDoor door;
    private final Clock clock;
    private final long max;
    private final Duration retention;

    IdempotentWrites(TenantDoor door, DeclaredTables tables, Clock clock) {
        this.door = door;
        this.clock = clock;
        TableDeclaration keys = tables.get("idempotency_keys");
        this.max = keys.most();
        this.retention = Objects.requireNonNull(keys.kept());
    }

    /**
     * Runs the write, unless a request with this key was answered within a day. Another request with the same key is a
     * {@link Failure} with 422. While a request with this key is running, waits for its response, and fails with 409 when that takes
     * too long.
     *
     * @param requestHash the SHA-256 of the request
     */
    public Outcome once(String key, byte[] requestHash, Supplier<StoredAnswer> write) {
        try {
            return door.transaction(() -> {
                deleteExpired();
                if (!claim(key, requestHash)) {
                    return new Outcome(findEarlier(key, requestHash), true);
                }
                checkLimit();
                return new Outcome(store(key, write.get()), false);
            });
        } catch (Refused refused) {
            return new Outcome(refused.answer, false);
        } catch (CannotAcquireLockException e) {
            throw Failure.conflict("idempotency_key_in_use", "The request with this Idempotency-Key is still running. Send it again in a moment.");
        }
    }

    private void deleteExpired() {
        door.sql("delete from public.idempotency_keys where user_id = :tenant and created_at < :horizon")
                .param("horizon", clock.instant().minus(retention))
                .update();
    }

    /** Runs after the key was claimed, so that known keys are always answered. Near the limit, a lock serializes the writes. */
    private void checkLimit() {
        if (count() <= max - RACE_MARGIN) {
            return;
        }
        door.lockTenant();
        if (count() > max) {
            throw Failure.of(HttpStatus.TOO_MANY_REQUESTS, "too_many_idempotency_keys",
                            "There are " + max + " idempotency keys from the last day, the maximum. Each is kept for a day.")
                    .with("retry_after", secondsUntilOldestExpires());
        }
    }

    private int count() {
        return door.sql("select count(*) from (select 1 from public.idempotency_keys where user_id = :tenant limit :limit) as counted")
                .param("limit", max + 1)
                .one(row -> row.getInt(1));
    }

    private int secondsUntilOldestExpires() {
        Instant oldest = door.sql("select min(created_at) as oldest from public.idempotency_keys where user_id = :tenant")
                .one(row -> Columns.instant(row, "oldest"));
        return (int) Math.max(1, Duration.between(clock.instant(), oldest.plus(retention)).toSeconds());
    }

    /** Claims the key. Waits while another transaction holds it. */
    private boolean claim(String key, byte[] requestHash) {
        return door.sql("""
                        insert into public.idempotency_keys (key, request_hash) values (:key, :hash)
                        on conflict (user_id, key) do nothing
                        """)
                .param("key", key)
                .param("hash", requestHash)
                .update() == 1;
    }

    private StoredAnswer store(String key, StoredAnswer answer) {
        if (!answer.changedSomething()) {
            throw new Refused(answer);
        }
        door.sql("""
                        update public.idempotency_keys set status = :status, content_type = :type, location = :location, body = :body
                        where user_id = :tenant and key = :key
                        """)
                .param("key", key)
                .param("status", answer.status())
                .param("type", answer.contentType())
                .param("location", answer.location())
                .param("body", answer.body())
                .update();
        return answer;
    }

    private StoredAnswer findEarlier(String key, byte[] requestHash) {
        Optional<Kept> kept = door.sql("""
                        select request_hash, status, content_type, location, body
                        from public.idempotency_keys where user_id = :tenant and key = :key
                        """)
                .param("key", key)
                .first(row -> new Kept(row.getBytes("request_hash"), new StoredAnswer(
                        row.getInt("status"), row.getString("content_type"), row.getString("location"), row.getBytes("body"))));
        return kept.filter(known -> Arrays.equals(known.requestHash(), requestHash))
                .orElseThrow(() -> Failure.of(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency_key_reused",
                        "This Idempotency-Key was used for another request. A new request needs a new key."))
                .answer();
    }

    /** Rolls back a refused write, and carries its response out of the transaction. */
    private static final class Refused extends RuntimeException {

        private final transient StoredAnswer answer;

        private Refused(StoredAnswer answer) {
            super(null, null, false, false);
            this.answer = answer;
        }
    }
}
