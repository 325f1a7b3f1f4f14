package social.coral.identity;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;

/** Makes sure that it is still the person who is signed in, before something that cannot be made good. */
@Component
public class Reauthentication {

    /** How recent a sign-in must be to stand for the password. */
    public static final Duration RECENT = Duration.ofMinutes(5);

    private final AuthDatabase database;
    private final People people;
    private final Sessions sessions;
    private final Accounts accounts;

    Reauthentication(AuthDatabase database, People people, Sessions sessions, Accounts accounts) {
        this.database = database;
        this.people = people;
        this.sessions = sessions;
        this.accounts = accounts;
    }

    /** Whether the person signed in so lately that no password is asked for. */
    public boolean isRecent(SignedInPerson person) {
        return sessions.authenticatedWithin(person.sessionId(), RECENT);
    }

    /**
     * Does the work in one transaction of schema {@code auth}, in which nobody changes the password or ends the session. Refuses without
     * the right password, or, when none is given, without a recent sign-in; both are looked at once more when the person is held.
     */
    public <T extends Object> T demand(SignedInPerson person, @Nullable String password, Supplier<T> work) {
        String proven = password == null || password.isEmpty() ? null : hashBehind(person, password);
        return database.transaction(person.id(), () -> {
            People.Credentials now = people.locked(person.id());
            sessions.demandAlive(person.sessionId(), person.id());
            if (proven == null && !isRecent(person)) {
                throw Failure.of(HttpStatus.FORBIDDEN, "reauthentication_needed", "Enter your password, or sign in again.").at("password");
            }
            if (proven != null && !proven.equals(now.passwordHash())) {
                throw wrong();
            }
            return work.get();
        });
    }

    private String hashBehind(SignedInPerson person, String password) {
        return accounts.proven(person.id(), person.sessionId(), password).map(People.Credentials::passwordHash).orElseThrow(Reauthentication::wrong);
    }

    private static Failure wrong() {
        return Failure.of(HttpStatus.FORBIDDEN, "current_password_invalid", "The password is incorrect.").at("password");
    }
}
