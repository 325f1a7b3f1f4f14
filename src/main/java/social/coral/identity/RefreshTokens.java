package social.coral.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.installation.MasterKey;

/**
 * The refresh tokens of the wire protocol. Each can be used once and yields its successor. The first of a session is random; each
 * successor is derived from its predecessor with a key of this installation, so that a client that lost the response gets the same
 * successor again, although only hashes are stored.
 */
@Component
class RefreshTokens {

    /** A renewed session, with its next refresh token. */
    record Renewed(Session session, String token) {

        @Override
        public String toString() {
            return "Renewed[" + session.id() + "]";
        }
    }

    private record Stored(Session session, boolean expired, boolean spent, boolean spentJustNow) {}

    // How many steps a client may be behind within the ten seconds in which a spent token is accepted.
    private static final int GRACE_STEPS = 8;
    // One every quarter of an hour for thirty days. All are kept until the session ends, to detect the reuse of any.
    private static final int MAX_PER_SESSION = 3_000;
    private static final String PURPOSE = "identity/refresh-tokens";

    private final AuthDatabase database;
    private final Sessions sessions;
    private final MasterKey masterKey;

    RefreshTokens(AuthDatabase database, Sessions sessions, MasterKey masterKey) {
        this.database = database;
        this.sessions = sessions;
        this.masterKey = masterKey;
    }

    /** Issues the first token of a new session. */
    String issue(Session session) {
        String token = OpaqueToken.generate();
        insert(session.id(), token, null);
        return token;
    }

    /** Renews the session. Reuse of an old token means that it was stolen, so it revokes the session. */
    Renewed renew(String token) {
        UUID person = owner(token).orElseThrow(RefreshTokens::notFound);
        return database.transaction(person, () -> tryToRenew(token)).get();
    }

    /** Returns the result as a supplier, because a revocation must be committed before the exception is thrown. */
    private Supplier<Renewed> tryToRenew(String token) {
        Stored stored = lock(token).orElseThrow(RefreshTokens::notFound);
        if (stored.expired()) {
            throw expired();
        }
        UUID session = stored.session().id();
        if (!stored.spent()) {
            if (count(session) >= MAX_PER_SESSION) {
                sessions.revoke(stored.session().personId(), session);
                return () -> {
                    throw expired();
                };
            }
            String next = successor(token);
            spend(token);
            insert(session, next, token);
            sessions.touch(session);
            return () -> new Renewed(stored.session(), next);
        }
        Optional<String> active = activeDescendant(session, token, stored.spentJustNow() ? GRACE_STEPS : 1);
        if (active.isEmpty()) {
            sessions.revoke(stored.session().personId(), session);
        }
        return () -> new Renewed(stored.session(),
                active.orElseThrow(() -> refused("refresh_token_already_used", "Invalid Refresh Token: Already Used")));
    }

    private Optional<UUID> owner(String token) {
        return database.sql("""
                        select s.user_id from auth.coral_refresh_tokens t join auth.coral_sessions s on s.id = t.session_id
                        where t.token_hash = :hash
                        """)
                .param("hash", OpaqueToken.hash(token))
                .query(UUID.class)
                .optional();
    }

    /** Locks the token's session, so that its renewals happen one after another, and returns the token's row. */
    private Optional<Stored> lock(String token) {
        database.sql("""
                        select id from auth.coral_sessions
                        where id = (select session_id from auth.coral_refresh_tokens where token_hash = :hash) for update
                        """)
                .param("hash", OpaqueToken.hash(token))
                .query(UUID.class)
                .optional();
        return database.sql("""
                        select s.id, s.user_id, s.aal, s.amr -> 0 ->> 'method' as method, (s.amr -> 0 ->> 'timestamp')::bigint as authenticated_at,
                          s.expires_at, s.expires_at <= now() or s.last_used_at <= now() - cast(:pause as interval) as expired,
                          t.spent_at is not null as spent, coalesce(t.spent_at > now() - interval '10 seconds', false) as spent_just_now
                        from auth.coral_refresh_tokens t join auth.coral_sessions s on s.id = t.session_id
                        where t.token_hash = :hash
                        """)
                .param("hash", OpaqueToken.hash(token))
                .param("pause", Sessions.IDLE_TIMEOUT.toString())
                .query((row, number) -> new Stored(
                        Sessions.read(row), row.getBoolean("expired"), row.getBoolean("spent"), row.getBoolean("spent_just_now")))
                .optional();
    }

    /** Returns the active token, if it is at most {@code steps} after this one. */
    private Optional<String> activeDescendant(UUID session, String token, int steps) {
        Optional<byte[]> active = database.sql("""
                        select token_hash from auth.coral_refresh_tokens where session_id = :session and spent_at is null
                        order by created_at desc limit 1
                        """)
                .param("session", session)
                .query(byte[].class)
                .optional();
        List<String> candidates = List.of(token);
        for (int step = 0; step < steps && active.isPresent(); step++) {
            candidates = candidates.stream().flatMap(candidate -> successors(candidate).stream()).toList();
            Optional<String> found = candidates.stream()
                    .filter(candidate -> MessageDigest.isEqual(OpaqueToken.hash(candidate), active.get()))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private void spend(String token) {
        database.sql("update auth.coral_refresh_tokens set spent_at = now() where token_hash = :hash")
                .param("hash", OpaqueToken.hash(token))
                .update();
    }

    private int count(UUID session) {
        return database.sql("select count(*) from auth.coral_refresh_tokens where session_id = :session")
                .param("session", session)
                .query(Integer.class)
                .single();
    }

    private void insert(UUID session, String token, @Nullable String parent) {
        database.sql("insert into auth.coral_refresh_tokens (token_hash, session_id, parent_hash) values (:hash, :session, :parent)")
                .param("hash", OpaqueToken.hash(token))
                .param("session", session)
                .param("parent", parent == null ? null : OpaqueToken.hash(parent))
                .update();
    }

    private String successor(String token) {
        return successor(token, masterKey.derive(PURPOSE, 32));
    }

    /** Returns the successors under all known master keys, because the current one may have changed since. */
    private List<String> successors(String token) {
        return masterKey.deriveAll(PURPOSE, 32).stream().map(key -> successor(token, key)).toList();
    }

    private static String successor(String token, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return OpaqueToken.encode(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks HmacSHA256", e);
        }
    }

    private static WireRefusal expired() {
        return refused("session_expired", "Invalid Refresh Token: Session Expired");
    }

    private static WireRefusal notFound() {
        return refused("refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found");
    }

    private static WireRefusal refused(String code, String sentence) {
        return new WireRefusal(HttpStatus.BAD_REQUEST, code, sentence);
    }
}
