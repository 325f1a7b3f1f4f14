package social.coral.erasure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.identity.Client;
import social.coral.identity.Reauthentication;
import social.coral.identity.SignedInPerson;
import social.coral.tenancy.Databases;

/** Requests the erasure of an account, and undoes it. */
@Component
public class Erasures {

    /** The time during which a requested erasure can be undone. */
    public static final Duration GRACE = Duration.ofDays(7);

    private final JdbcClient auth;
    private final Reauthentication proof;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Erasures(Databases databases, Reauthentication proof, ApplicationEventPublisher events, Clock clock) {
        this.auth = JdbcClient.create(databases.auth());
        this.proof = proof;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Marks the account for erasure and stops all work for it.
     *
     * @param password the person's password; not needed for five minutes after signing in
     * @param waiveGrace whether to start at once, without a chance to undo
     * @return when the erasure starts
     */
    public Instant ask(SignedInPerson person, @Nullable String password, boolean waiveGrace, Client client) {
        return proof.require(person, password, () -> ask(person, waiveGrace, client));
    }

    private Instant ask(SignedInPerson person, boolean waiveGrace, Client client) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant due = waiveGrace ? now : now.plus(GRACE);
        // Published first, because listeners can do nothing for the person once an erasure has begun.
        events.publishEvent(new ErasureAsked(due));
        auth.sql("""
                        select auth.ask_erasure(:person, :due),
                          audit.append_for(:person, 'erasure.asked', :words, cast(:address as inet), :session)
                        """)
                .param("person", person.id())
                .param("due", due.atOffset(ZoneOffset.UTC))
                .param("words", "for " + due)
                .param("address", client.address())
                .param("session", person.sessionId())
                .query((row, number) -> true)
                .single();
        return due;
    }

    /** Cancels the erasure. 409 {@code nothing_to_undo} when none was requested, or when it has begun. */
    public void undo(SignedInPerson person, Client client) {
        boolean undone = auth.sql("""
                        select case when auth.undo_erasure(:person)
                          then audit.append_for(:person, 'erasure.undone', 'everything stays', cast(:address as inet), :session) is not null
                          else false end
                        """)
                .param("person", person.id())
                .param("address", client.address())
                .param("session", person.sessionId())
                .query(Boolean.class)
                .single();
        if (!undone) {
            throw Failure.conflict("nothing_to_undo", "No erasure of this account is pending, so there is nothing to undo.");
        }
    }
}
