package social.coral.identity;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;

/** Makes sure that it is still the person who is signed in, before something that cannot be made good. */
@Component
public class FreshProof {

    /** How recent a sign-in must be to stand for the password. */
    public static final Duration RECENT = Duration.ofMinutes(5);

    private final People people;
    private final Sessions sessions;
    private final Passwords passwords;
    private final Attempts attempts;

    FreshProof(People people, Sessions sessions, Passwords passwords, Attempts attempts) {
        this.people = people;
        this.sessions = sessions;
        this.passwords = passwords;
        this.attempts = attempts;
    }

    /** Whether the person signed in so lately that no password is asked for. */
    public boolean isRecent(SignedInPerson person) {
        return sessions.authenticatedWithin(person.sessionId(), RECENT);
    }

    /** Refuses without the right password, or, when none is given, without a recent sign-in. */
    public void demand(SignedInPerson person, @Nullable String password, Client client) {
        if (password == null || password.isEmpty()) {
            if (!isRecent(person)) {
                throw Failure.of(HttpStatus.FORBIDDEN, "reauthentication_needed", "Enter your password, or sign in again").at("password");
            }
            return;
        }
        People.Credentials known = people.credentials(person.id()).orElseThrow(Failure::notFound);
        Attempts.Admitted admitted = attempts.password(known.person().email(), client);
        if (!passwords.matches(password, known.passwordHash())) {
            throw Failure.of(HttpStatus.FORBIDDEN, "current_password_invalid", "The password is not right").at("password");
        }
        admitted.wasRight();
    }
}
