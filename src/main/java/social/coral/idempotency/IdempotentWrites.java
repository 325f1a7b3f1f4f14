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
 * Does a write once for each key of a tenant, in the transaction that also keeps its answer: either both are there
 * afterwards or neither. A write that was refused keeps nothing, so that it can be mended and sent again with its key.
 */
@Component
public class IdempotentWrites {

    // More than are ever under way at once, of which a count does not know.
    private static final int MARGIN = 500;

    /** An answer, and whether it is that of an earlier request. */
    public record Outcome(StoredAnswer answer, boolean repeated) {}

    private record Kept(byte[] requestHash, StoredAnswer answer) {}

    private final TenantDoor door;
    private final Clock clock;
    private final long most;
    private final Duration kept;

    IdempotentWrites(TenantDoor door, DeclaredTables tables, Clock clock) {
        this.door = door;
        this.clock = clock;
        TableDeclaration keys = tables.get("idempotency_keys");
        this.most = keys.most();
        this.kept = Objects.requireNonNull(keys.kept());
    }

    /**
     * Runs the write, unless a request with this key was answered within a day. The same key with another request is a
     * {@link Failure} of 422; with one that is still under way it waits for that one's answer, and is 409 when it takes too long.
     *
     * @param requestHash SHA-256 of all that makes up the request
     */
    public Outcome once(String key, byte[] requestHash, Supplier<StoredAnswer> write) {
        try {
            return door.transaction(() -> {
                forgetOld();
                if (!claim(key, requestHash)) {
                    return new Outcome(earlier(key, requestHash), true);
                }
                refuseTooMany();
                return new Outcome(kept(key, write.get()), false);
            });
        } catch (Refused refused) {
            return new Outcome(refused.answer, false);
        } catch (CannotAcquireLockException e) {
            throw Failure.conflict("idempotency_key_in_use", "The request with this Idempotency-Key is still running. Send it again in a moment.");
        }
    }

    private void forgetOld() {
        door.sql("delete from public.idempotency_keys where user_id = :tenant and created_at < :horizon")
                .param("horizon", clock.instant().minus(kept))
                .update();
    }

    /** After this request's key was claimed: one that is kept already is answered however many there are. Near the bound one goes on at a time. */
    private void refuseTooMany() {
        if (count() <= most - MARGIN) {
            return;
        }
        door.lockTenant();
        if (count() > most) {
            throw Failure.of(HttpStatus.TOO_MANY_REQUESTS, "too_many_idempotency_keys",
                            "The answers to " + most + " keys are kept, the most allowed. Each is kept for a day.")
                    .with("retry_after", secondsUntilTheOldestGoes());
        }
    }

    private int count() {
        return door.sql("select count(*) from (select 1 from public.idempotency_keys where user_id = :tenant limit :limit) as counted")
                .param("limit", most + 1)
                .one(row -> row.getInt(1));
    }

    private int secondsUntilTheOldestGoes() {
        Instant oldest = door.sql("select min(created_at) as oldest from public.idempotency_keys where user_id = :tenant")
                .one(row -> Columns.instant(row, "oldest"));
        return (int) Math.max(1, Duration.between(clock.instant(), oldest.plus(kept)).toSeconds());
    }

    /** Waits while another transaction holds the same key. */
    private boolean claim(String key, byte[] requestHash) {
        return door.sql("""
                        insert into public.idempotency_keys (key, request_hash) values (:key, :hash)
                        on conflict (user_id, key) do nothing
                        """)
                .param("key", key)
                .param("hash", requestHash)
                .update() == 1;
    }

    private StoredAnswer kept(String key, StoredAnswer answer) {
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

    private StoredAnswer earlier(String key, byte[] requestHash) {
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

    /** Takes back what a refused write did before it was refused, and carries its answer out of the transaction. */
    private static final class Refused extends RuntimeException {

        private final transient StoredAnswer answer;

        private Refused(StoredAnswer answer) {
            super(null, null, false, false);
            this.answer = answer;
        }
    }
}
