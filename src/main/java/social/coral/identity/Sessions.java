package social.coral.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.tenancy.Columns;

/** The sessions. One ends 30 days after it began, 14 days after its last use, or when its row is deleted. */
@Component
class Sessions implements DisposableBean {

    private record Ended(UUID person, UUID session) {}

    private record Use(SignedInPerson person, boolean newMinute) {}

    static final Duration IDLE_TIMEOUT = Duration.ofDays(14);

    private static final String ACTIVE = """
            select s.id as session_id, s.user_id, s.aal, p.email
            from auth.coral_sessions s join auth.users p on p.id = s.user_id
            where s.id = any(cast(:sessions as uuid[])) and s.expires_at > now() and s.last_used_at > now() - cast(:pause as interval)
              and p.deleted_at is null and (p.banned_until is null or p.banned_until <= now())
            """;

    private final AuthDatabase database;
    private final AccountAudit audit;
    private final KnownDevices devices;
    private final ActiveSessions active = new ActiveSessions(this::findActive);

    Sessions(AuthDatabase database, AccountAudit audit, KnownDevices devices) {
        this.database = database;
        this.audit = audit;
        this.devices = devices;
        active.start();
    }

    @Override
    public void destroy() {
        active.close();
    }

    Session open(UUID personId, Client client, byte @Nullable [] cookieHash) {
        return database.transaction(personId, () -> {
            deleteOld(personId);
            Session session = insert(personId, client, cookieHash);
            devices.rememberNetwork(personId, client);
            audit.enter(personId, isNew(personId) ? "person.created" : "session.opened", cookieHash == null ? "program" : "browser", client, session.id());
            return session;
        });
    }

    /** Reports whether the person signs up in this transaction. */
    private boolean isNew(UUID personId) {
        return database.sql("select created_at = now() from auth.users where id = :person").param("person", personId).query(Boolean.class).single();
    }

    private Session insert(UUID personId, Client client, byte @Nullable [] cookieHash) {
        return database.sql("""
                        insert into auth.coral_sessions (user_id, amr, cookie_hash, user_agent, ip, expires_at)
                        values (:person, jsonb_build_array(jsonb_build_object('method', 'password', 'timestamp', extract(epoch from now())::bigint)),
                          :cookie, :agent, cast(:ip as inet), now() + interval '30 days')
                        returning id, user_id, aal, amr -> 0 ->> 'method' as method, (amr -> 0 ->> 'timestamp')::bigint as authenticated_at, expires_at
                        """)
                .param("person", personId)
                .param("cookie", cookieHash)
                .param("agent", client.userAgent())
                .param("ip", client.address())
                .query((row, number) -> read(row))
                .single();
    }

    /** Deletes expired sessions, and all but the newest hundred, so that the list of a person's sessions stays bounded. */
    private void deleteOld(UUID personId) {
        database.sql("""
                        delete from auth.coral_sessions where user_id = :person and (
                          expires_at <= now() or last_used_at <= now() - cast(:pause as interval) or id in (
                          select id from auth.coral_sessions where user_id = :person order by created_at desc offset 99))
                        """)
                .param("pause", IDLE_TIMEOUT.toString())
                .param("person", personId)
                .update();
    }

    /** Returns the person of this session, if it is active. Asks the database each time. */
    Optional<SignedInPerson> findActive(UUID sessionId, UUID personId) {
        return findActive(List.of(sessionId)).stream().filter(person -> person.id().equals(personId)).findFirst();
    }

    private List<SignedInPerson> findActive(Collection<UUID> sessions) {
        return database.sql(ACTIVE)
                .param("sessions", sessions.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .param("pause", IDLE_TIMEOUT.toString())
                .query((row, number) -> signedIn(row))
                .list();
    }

    /** Throws when the session has ended, or else locks it until the caller's transaction ends. */
    void requireActive(UUID sessionId, UUID personId) {
        database.sql("select id from auth.coral_sessions where id = :session for update").param("session", sessionId).query(UUID.class).optional();
        if (findActive(sessionId, personId).isEmpty()) {
            throw Failure.of(HttpStatus.FORBIDDEN, "session_not_found", "This session has ended. Sign in again.");
        }
    }

    /** Does the same as {@link #findActive} with a cache of two seconds, which sessions that this process ends leave at once. */
    Optional<SignedInPerson> findActiveCached(UUID sessionId, UUID personId) {
        return active.find(sessionId, personId);
    }

    /** Returns the person whose browser has this cookie. Records the use, once a minute at most. */
    Optional<SignedInPerson> byCookie(byte[] cookieHash) {
        Optional<Use> use = database.sql("""
                        select s.id as session_id, s.user_id, s.aal, p.email, s.last_used_at < now() - interval '1 minute' as new_minute
                        from auth.coral_sessions s join auth.users p on p.id = s.user_id
                        where s.cookie_hash = :cookie and s.expires_at > now() and s.last_used_at > now() - cast(:pause as interval)
                          and p.deleted_at is null and (p.banned_until is null or p.banned_until <= now())
                        """)
                .param("cookie", cookieHash)
                .param("pause", IDLE_TIMEOUT.toString())
                .query((row, number) -> new Use(signedIn(row), row.getBoolean("new_minute")))
                .optional();
        use.filter(Use::newMinute).ifPresent(found -> touch(found.person().sessionId()));
        return use.map(Use::person);
    }

    /** Reports whether the person authenticated in this session within this time. */
    boolean authenticatedWithin(UUID sessionId, Duration time) {
        return database.sql("""
                        select exists (select 1 from auth.coral_sessions
                          where id = :session and (amr -> 0 ->> 'timestamp')::bigint >= extract(epoch from now()) - :seconds)
                        """)
                .param("session", sessionId)
                .param("seconds", time.toSeconds())
                .query(Boolean.class)
                .single();
    }

    /** Records the use of the session. Skips it when it is locked, because then it is in use or ending. */
    void touch(UUID sessionId) {
        database.sql("""
                        update auth.coral_sessions set last_used_at = now()
                        where id in (select id from auth.coral_sessions where id = :session for update skip locked)
                        """)
                .param("session", sessionId)
                .update();
    }

    private static SignedInPerson signedIn(ResultSet row) throws SQLException {
        return new SignedInPerson(
                Columns.id(row, "user_id"), row.getString("email"), Columns.id(row, "session_id"), row.getString("aal"));
    }

    /** Ends the session at its person's request. */
    void end(UUID personId, UUID sessionId, Client client) {
        end("session.ended", personId, client, database.sql("delete from auth.coral_sessions where id = :session returning user_id, id").param("session", sessionId));
    }

    /** Ends the session because a spent refresh token was used again. */
    void revoke(UUID personId, UUID sessionId) {
        end("session.revoked", personId, null, database.sql("delete from auth.coral_sessions where id = :session returning user_id, id").param("session", sessionId));
    }

    void endByCookie(byte[] cookieHash, Client client) {
        database.sql("select user_id from auth.coral_sessions where cookie_hash = :cookie").param("cookie", cookieHash).query(UUID.class).optional()
                .ifPresent(personId -> end("session.ended", personId, client,
                        database.sql("delete from auth.coral_sessions where cookie_hash = :cookie returning user_id, id").param("cookie", cookieHash)));
    }

    void endAll(UUID personId, Client client) {
        end("session.ended", personId, client, database.sql("delete from auth.coral_sessions where user_id = :person returning user_id, id").param("person", personId));
    }

    void endOthers(UUID personId, UUID kept, Client client) {
        end("session.ended", personId, client, database.sql("delete from auth.coral_sessions where user_id = :person and id <> :kept returning user_id, id")
                .param("person", personId)
                .param("kept", kept));
    }

    private void end(String action, UUID personId, @Nullable Client client, JdbcClient.StatementSpec deletion) {
        database.transaction(personId, () -> {
            deletion.query((row, number) -> new Ended(Columns.id(row, "user_id"), Columns.id(row))).list()
                    .forEach(ended -> audit.enter(ended.person(), action, "", client, ended.session()));
            return true;
        });
        database.afterCommit(active::forget);
    }

    static Session read(ResultSet row) throws SQLException {
        return new Session(
                Columns.id(row),
                Columns.id(row, "user_id"),
                row.getString("aal"),
                row.getString("method"),
                Instant.ofEpochSecond(row.getLong("authenticated_at")),
                Columns.instant(row, "expires_at"));
    }
}
