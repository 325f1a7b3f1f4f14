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

/** Sign-up, sign-in and changes of an account. */
@Component
class Accounts {

    private static final Logger log = LoggerFactory.getLogger(Accounts.class);

    private final AuthDatabase database;
    private final People people;
    private final Sessions sessions;
    private final Passwords passwords;
    private final HashingQueue hashing;
    private final PasswordRules rules;
    private final SignInAttempts attempts;
    private final KnownDevices devices;
    private final UserMetadata metadata;
    private final AccountAudit audit;
    private final ExamplePeople examples;

    Accounts(
            AuthDatabase database,
            People people,
            Sessions sessions,
            Passwords passwords,
            HashingQueue hashing,
            PasswordRules rules,
            SignInAttempts attempts,
            KnownDevices devices,
            UserMetadata metadata,
            AccountAudit audit,
            ExamplePeople examples) {
        this.database = database;
        this.people = people;
        this.sessions = sessions;
        this.passwords = passwords;
        this.hashing = hashing;
        this.rules = rules;
        this.attempts = attempts;
        this.devices = devices;
        this.metadata = metadata;
        this.audit = audit;
        this.examples = examples;
    }

    /** Creates the person with everything a new person has, and runs {@code opening} for them, in one transaction. */
    <T extends Object> T signUp(
            @Nullable String email, @Nullable String password, Map<String, Object> data, Client client, Function<Person, T> opening) {
        EmailAddress address = EmailAddress.of(email);
        if (password == null || password.isEmpty()) {
            throw Failure.of(HttpStatus.BAD_REQUEST, "validation_failed", "Choose a password.").at("password");
        }
        rules.check(password, address);
        String fullName = metadata.checkedFullName(data);
        SignInAttempts.Attempt attempt = attempts.signUp(client);
        String hash = hashing.run(attempt.caller(), () -> attempt.run(() -> Optional.of(passwords.hash(password)))).orElseThrow();
        try {
            return database.transaction(() -> opening.apply(people.add(address, hash, data, fullName)));
        } catch (DuplicateKeyException e) {
            throw Failure.of(HttpStatus.UNPROCESSABLE_ENTITY, "user_already_exists",
                    "Somebody has signed up with this address already. If it was you, sign in instead.").at("email");
        }
    }

    /**
     * Signs in the person with this address and password, and returns what {@code opening} opens for them. A wrong address and a
     * wrong password give the same answer in the same time.
     *
     * @param deviceToken the token that identifies a known browser, if it has one
     */
    <T extends Object> T signIn(
            @Nullable String email, @Nullable String password, Client client, @Nullable String deviceToken, Function<Person, T> opening) {
        Optional<EmailAddress> address = EmailAddress.find(email);
        SignInAttempts.Attempt attempt = attempts.signIn(address.map(EmailAddress::value).orElse(""), client, deviceToken);
        People.Credentials proven = hashing.run(attempt.caller(), () -> attempt.run(() -> verify(address.flatMap(people::credentials), password)))
                .orElseThrow(() -> refused(address, password, client));
        return database.transaction(proven.person().id(), () -> {
            Person person = people.signedIn(proven).orElseThrow(Accounts::wrongCredentials);
            requireAllowed(person);
            return opening.apply(person);
        });
    }

    static void requireAllowed(Person person) {
        if (person.banned()) {
            throw Failure.of(HttpStatus.BAD_REQUEST, "user_banned", "This account is suspended. Ask your administrator.");
        }
    }

    /** Audits the failed sign-in for the address's owner. Runs later, so that its time does not reveal whether the address exists. */
    private Failure refused(Optional<EmailAddress> address, @Nullable String password, Client client) {
        String why = password == null || password.isEmpty() ? "no password" : "wrong password";
        address.ifPresent(known -> Thread.startVirtualThread(() -> auditRefused(known, why, client)));
        return wrongCredentials();
    }

    private void auditRefused(EmailAddress address, String why, Client client) {
        try {
            people.credentials(address).map(known -> known.person().id()).ifPresent(personId -> database.transaction(personId, () -> {
                audit.enter(personId, "session.refused", why, client, null);
                return true;
            }));
        } catch (RuntimeException e) {
            log.warn("A failed sign-in could not be written to the audit", e);
        }
    }

    private static Failure wrongCredentials() {
        return Failure.of(HttpStatus.BAD_REQUEST, "invalid_credentials", "The email address or password is incorrect.");
    }

    /** Returns the credentials, if the password matches. Takes the same time when there are none. */
    private Optional<People.Credentials> verify(Optional<People.Credentials> credentials, @Nullable String password) {
        boolean matches = passwords.matches(password == null ? "" : password, credentials.map(People.Credentials::passwordHash).orElse(null));
        return matches ? credentials : Optional.empty();
    }

    /** Returns the credentials of a signed-in person, if the password matches. */
    Optional<People.Credentials> verify(UUID personId, UUID sessionId, String password) {
        return verify(attempts.inSession(personId, sessionId), personId, password);
    }

    private Optional<People.Credentials> verify(SignInAttempts.Attempt attempt, UUID personId, String password) {
        return hashing.run(attempt.caller(), () -> attempt.run(() -> verify(people.credentials(personId), password)));
    }

    /**
     * Changes the password of a signed-in person who knows the current one. All their other sessions end, including those that are
     * being opened with the old password, and their known browsers are forgotten. Of two concurrent changes the second fails, because
     * its current password is no longer right. The user metadata changes with the password, or not at all.
     */
    void changePassword(
            UUID personId, UUID sessionId, String fresh, @Nullable String current, Map<String, @Nullable Object> changes, Client client) {
        examples.requireOwnAccount(personId);
        if (current == null || current.isEmpty()) {
            throw Failure.of(HttpStatus.BAD_REQUEST, "current_password_required", "Enter your current password.")
                    .at("current_password");
        }
        SignInAttempts.Attempt attempt = attempts.inSession(personId, sessionId);
        People.Credentials proven = verify(attempt, personId, current).orElseThrow(Accounts::wrongCurrentPassword);
        if (fresh.equals(current)) {
            throw Failure.of(HttpStatus.UNPROCESSABLE_ENTITY, "same_password", "The new password must be different from the old one.")
                    .at("password");
        }
        rules.check(fresh, EmailAddress.of(proven.person().email()));
        String hash = hashing.run(attempt.caller(), () -> passwords.hash(fresh));
        database.transaction(personId, () -> {
            if (!people.changePassword(proven, hash)) {
                throw wrongCurrentPassword();
            }
            sessions.requireActive(sessionId, personId);
            sessions.endOthers(personId, sessionId, client);
            devices.forgetAllButNetwork(personId, client);
            audit.enter(personId, "password.changed", "", client, sessionId);
            if (!changes.isEmpty()) {
                enterMetadata(personId, sessionId, changes, client);
            }
            return true;
        });
    }

    private static Failure wrongCurrentPassword() {
        return Failure.of(HttpStatus.BAD_REQUEST, "current_password_invalid", "The current password is incorrect.").at("current_password");
    }

    /** Merges the changes into the user metadata; a null removes an entry. */
    void changeMetadata(UUID personId, UUID sessionId, Map<String, @Nullable Object> changes, Client client) {
        database.transaction(personId, () -> {
            enterMetadata(personId, sessionId, changes, client);
            return true;
        });
    }

    private void enterMetadata(UUID personId, UUID sessionId, Map<String, @Nullable Object> changes, Client client) {
        Map<String, Object> all = new HashMap<>(people.lock(personId).person().userMetadata());
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
