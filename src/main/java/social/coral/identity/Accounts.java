package social.coral.identity;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;

/** What a person does with their account: make it, prove that it is theirs, change it. */
@Component
class Accounts {

    private static final Logger log = LoggerFactory.getLogger(Accounts.class);

    private final AuthDatabase database;
    private final People people;
    private final Sessions sessions;
    private final Passwords passwords;
    private final HashingQueue turns;
    private final PasswordRules rules;
    private final SignInAttempts attempts;
    private final KnownDevices familiar;
    private final UserMetadata metadata;
    private final AccountAudit audit;

    Accounts(
            AuthDatabase database,
            People people,
            Sessions sessions,
            Passwords passwords,
            HashingQueue turns,
            PasswordRules rules,
            SignInAttempts attempts,
            KnownDevices familiar,
            UserMetadata metadata,
            AccountAudit audit) {
        this.database = database;
        this.people = people;
        this.sessions = sessions;
        this.passwords = passwords;
        this.turns = turns;
        this.rules = rules;
        this.attempts = attempts;
        this.familiar = familiar;
        this.metadata = metadata;
        this.audit = audit;
    }

    /** Makes the person, all that a new person has, and what {@code opening} opens for them, or nothing of it. */
    <T extends Object> T signUp(
            @Nullable String email, @Nullable String password, Map<String, Object> data, Client client, Function<Person, T> opening) {
        EmailAddress address = EmailAddress.of(email);
        if (password == null || password.isEmpty()) {
            throw Failure.of(HttpStatus.BAD_REQUEST, "validation_failed", "Choose a password.").at("password");
        }
        rules.check(password, address);
        String fullName = metadata.checkedFullName(data);
        SignInAttempts.Attempt attempt = attempts.signUp(client);
        String hash = turns.take(attempt.asker(), () -> attempt.judge(() -> Optional.of(passwords.hash(password)))).orElseThrow();
        try {
            return database.transaction(() -> opening.apply(people.add(address, hash, data, fullName)));
        } catch (DuplicateKeyException e) {
            throw Failure.of(HttpStatus.UNPROCESSABLE_ENTITY, "user_already_exists", "Somebody has signed up with this address already. If it was you, sign in instead.").at("email");
        }
    }

    /**
     * Signs in the person whose address and password these are, and gives what {@code opening} opens for them. Says the same, in the
     * same time, whatever of it is wrong.
     *
     * @param mark by which the browser is known, if it has one
     */
    <T extends Object> T signIn(
            @Nullable String email, @Nullable String password, Client client, @Nullable String mark, Function<Person, T> opening) {
        Optional<EmailAddress> address = EmailAddress.find(email);
        SignInAttempts.Attempt attempt = attempts.signIn(address.map(EmailAddress::value).orElse(""), client, mark);
        People.Credentials proven = turns.take(attempt.asker(), () -> attempt.judge(() -> right(address.flatMap(people::credentials), password)))
                .orElseThrow(() -> refused(address, client));
        return database.transaction(proven.person().id(), () -> {
            Person person = people.signedIn(proven).orElseThrow(Accounts::wrongCredentials);
            if (person.banned()) {
                throw Failure.of(HttpStatus.BAD_REQUEST, "user_banned", "This account is suspended. Ask whoever runs this installation.");
            }
            return opening.apply(person);
        });
    }

    /** The person whose address it is can see it. It is entered later, because to enter it takes time, and for an address that nobody has there is nothing to enter. */
    private Failure refused(Optional<EmailAddress> address, Client client) {
        address.ifPresent(known -> Thread.startVirtualThread(() -> enterRefused(known, client)));
        return wrongCredentials();
    }

    private void enterRefused(EmailAddress address, Client client) {
        try {
            people.credentials(address).map(known -> known.person().id()).ifPresent(personId -> database.transaction(personId, () -> {
                audit.enter(personId, "session.refused", "wrong password", client, null);
                return true;
            }));
        } catch (RuntimeException e) {
            log.warn("A sign-in that failed could not be entered in the audit", e);
        }
    }

    private static Failure wrongCredentials() {
        return Failure.of(HttpStatus.BAD_REQUEST, "invalid_credentials", "The email address or password is incorrect.");
    }

    /** The credentials, if this is their password; found out in the same time when there are none. */
    private Optional<People.Credentials> right(Optional<People.Credentials> credentials, @Nullable String password) {
        boolean matches = passwords.matches(password == null ? "" : password, credentials.map(People.Credentials::passwordHash).orElse(null));
        return matches ? credentials : Optional.empty();
    }

    /** The credentials of somebody who is signed in, if this is their password; nothing if it is not. */
    Optional<People.Credentials> proven(UUID personId, UUID sessionId, String password) {
        return proven(attempts.inSession(personId, sessionId), personId, password);
    }

    private Optional<People.Credentials> proven(SignInAttempts.Attempt attempt, UUID personId, String password) {
        return turns.take(attempt.asker(), () -> attempt.judge(() -> right(people.credentials(personId), password)));
    }

    /**
     * Changes the password of somebody who is signed in and knows the present one; every other session of theirs ends, those as well
     * that are being opened with the old one, and whoever knew the old one is a stranger again. Of two changes at once the second finds
     * that its password is no longer the present one.
     */
    void changePassword(UUID personId, UUID sessionId, String fresh, @Nullable String current, Client client) {
        changePassword(personId, sessionId, fresh, current, Map.of(), client);
    }

    /** Changes the password and, with it or not at all, what the person says of themselves. */
    void changePassword(
            UUID personId, UUID sessionId, String fresh, @Nullable String current, Map<String, @Nullable Object> changes, Client client) {
        if (current == null || current.isEmpty()) {
            throw Failure.of(HttpStatus.BAD_REQUEST, "current_password_required", "Enter your current password.")
                    .at("current_password");
        }
        SignInAttempts.Attempt attempt = attempts.inSession(personId, sessionId);
        People.Credentials proven = proven(attempt, personId, current).orElseThrow(Accounts::wrongPresentPassword);
        if (fresh.equals(current)) {
            throw Failure.of(HttpStatus.UNPROCESSABLE_ENTITY, "same_password", "The new password must be different from the old one.")
                    .at("password");
        }
        rules.check(fresh, EmailAddress.of(proven.person().email()));
        String hash = turns.take(attempt.asker(), () -> passwords.hash(fresh));
        database.transaction(personId, () -> {
            if (!people.changePassword(proven, hash)) {
                throw wrongPresentPassword();
            }
            sessions.demandAlive(sessionId, personId);
            sessions.endOthers(personId, sessionId, client);
            familiar.forgetAllBut(personId, client);
            audit.enter(personId, "password.changed", "", client, sessionId);
            if (!changes.isEmpty()) {
                enterMetadata(personId, sessionId, changes, client);
            }
            return true;
        });
    }

    private static Failure wrongPresentPassword() {
        return Failure.of(HttpStatus.BAD_REQUEST, "current_password_invalid", "The current password is incorrect.").at("current_password");
    }

    /** Adds to what the person says of themselves; a null takes an entry away. */
    void changeMetadata(UUID personId, UUID sessionId, Map<String, @Nullable Object> changes, Client client) {
        database.transaction(personId, () -> {
            enterMetadata(personId, sessionId, changes, client);
            return true;
        });
    }

    private void enterMetadata(UUID personId, UUID sessionId, Map<String, @Nullable Object> changes, Client client) {
        Map<String, Object> all = new HashMap<>(people.locked(personId).person().userMetadata());
        changes.forEach((name, value) -> {
            if (value == null) {
                all.remove(name);
            } else {
                all.put(name, value);
            }
        });
        metadata.check(all);
        people.changeMetadata(personId, all);
        audit.enter(personId, "person.changed", "", client, sessionId);
    }
}
