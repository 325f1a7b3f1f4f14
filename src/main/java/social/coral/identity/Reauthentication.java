package social.coral.identity;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;

/** Asks a signed-in person for their password before an irreversible action. */
@Component
public class Reauthentication {

    /** The age up to which a sign-in replaces the password. */
    public static final Duration RECENT = Duration.ofMinutes(5);

    private final AuthDatabase database;
    private final People people;
    private final Sessions sessions;
    private final Accounts accounts;
    private final ExamplePeople examples;

    Reauthentication(AuthDatabase database, People people, Sessions sessions, Accounts accounts, ExamplePeople examples) {
        this.database = database;
        this.people = people;
        this.sessions = sessions;
        this.accounts = accounts;
        this.examples = examples;
    }

    /** Reports whether the last sign-in is recent enough to need no password. */
    public boolean isRecent(SignedInPerson person) {
        return sessions.authenticatedWithin(person.sessionId(), RECENT);
    }

    /**
     * Runs the work in a transaction of schema {@code auth}, during which the password cannot change and the session cannot end. Requires
     * the right password or, when none is given, a recent sign-in. Both are checked again once the person is locked. Refuses the example
     * people of a demo.
     */
    public <T extends Object> T require(SignedInPerson person, @Nullable String password, Supplier<T> work) {
        examples.requireOwnAccount(person.id());
        String proven = password == null || password.isEmpty() ? null : verifiedHash(person, password);
        return database.transaction(person.id(), () -> {
            People.Credentials now = people.lock(person.id());
            sessions.requireActive(person.sessionId(), person.id());
            if (proven == null && !isRecent(person)) {
                throw Failure.of(HttpStatus.FORBIDDEN, "reauthentication_needed", "Enter your password, or sign in again.").at("password");
            }
            if (proven != null && !proven.equals(now.passwordHash())) {
                throw wrong();
            }
            return work.get();
        });
    }

    private String verifiedHash(SignedInPerson person, String password) {
        return accounts.verify(person.id(), person.sessionId(), password).map(People.Credentials::passwordHash).orElseThrow(Reauthentication::wrong);
    }

    private static Failure wrong() {
        return Failure.of(HttpStatus.FORBIDDEN, "current_password_invalid", "The password is incorrect.").at("password");
    }
}
