package social.coral.identity;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;

/** What a person does with their account: make it, prove that it is theirs, change it. */
@Component
class Accounts {

    private final AuthDatabase database;
    private final People people;
    private final Sessions sessions;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final Attempts attempts;
    private final UserMetadata metadata;
    private final AccountAudit audit;

    Accounts(
            AuthDatabase database,
            People people,
            Sessions sessions,
            Passwords passwords,
            PasswordRules rules,
            Attempts attempts,
            UserMetadata metadata,
            AccountAudit audit) {
        this.database = database;
        this.people = people;
        this.sessions = sessions;
        this.passwords = passwords;
        this.rules = rules;
        this.attempts = attempts;
        this.metadata = metadata;
        this.audit = audit;
    }

    /** Makes the person, all that a new person has, and what {@code opening} opens for them, or nothing of it. */
    <T extends Object> T signUp(
            @Nullable String email, @Nullable String password, Map<String, Object> data, Client client, Function<Person, T> opening) {
        EmailAddress address = EmailAddress.of(email);
        if (password == null || password.isEmpty()) {
            throw Failure.of(HttpStatus.BAD_REQUEST, "validation_failed", "Signup requires a valid password").at("password");
        }
        rules.check(password, address);
        String fullName = metadata.checkedFullName(data);
        attempts.signUp(client);
        String hash = passwords.hash(password);
        try {
            return database.transaction(() -> opening.apply(people.add(address, hash, data, fullName)));
        } catch (DuplicateKeyException e) {
            throw Failure.of(HttpStatus.UNPROCESSABLE_ENTITY, "user_already_exists", "User already registered").at("email");
        }
    }

    /** The person whose address and password these are. Says the same, in the same time, whatever of it is wrong. */
    Person signIn(@Nullable String email, @Nullable String password, Client client) {
        Optional<EmailAddress> address = EmailAddress.find(email);
        Attempts.Admitted admitted = attempts.password(address.map(EmailAddress::value).orElse(""), client);
        Optional<People.Credentials> found = address.flatMap(people::credentials);
        boolean right = passwords.matches(password == null ? "" : password, found.map(People.Credentials::passwordHash).orElse(null));
        if (!right || found.isEmpty()) {
            throw Failure.of(HttpStatus.BAD_REQUEST, "invalid_credentials", "Invalid login credentials");
        }
        admitted.wasRight();
        Person person = found.get().person();
        if (person.banned()) {
            throw Failure.of(HttpStatus.BAD_REQUEST, "user_banned", "User is banned");
        }
        return people.signedIn(person.id());
    }

    /** Changes the password of somebody who is signed in and knows the present one; every other session of theirs ends. */
    void changePassword(UUID personId, UUID sessionId, String fresh, @Nullable String current, Client client) {
        People.Credentials known = people.credentials(personId).orElseThrow(Failure::notFound);
        if (current == null || current.isEmpty()) {
            throw Failure.of(HttpStatus.BAD_REQUEST, "current_password_required", "Current password required when setting new password.")
                    .at("current_password");
        }
        EmailAddress address = EmailAddress.of(known.person().email());
        Attempts.Admitted admitted = attempts.password(address.value(), client);
        if (!passwords.matches(current, known.passwordHash())) {
            throw Failure.of(HttpStatus.BAD_REQUEST, "current_password_invalid", "Current password is not right.").at("current_password");
        }
        admitted.wasRight();
        if (fresh.equals(current)) {
            throw Failure.of(HttpStatus.UNPROCESSABLE_ENTITY, "same_password", "New password should be different from the old password.")
                    .at("password");
        }
        rules.check(fresh, address);
        String hash = passwords.hash(fresh);
        database.transaction(() -> {
            people.changePassword(personId, hash);
            sessions.endOthers(personId, sessionId, client);
            audit.enter(personId, "password.changed", "", client, sessionId);
            return true;
        });
    }

    /** Adds to what the person says of themselves; a null takes an entry away. */
    void changeMetadata(UUID personId, UUID sessionId, Map<String, @Nullable Object> changes, Client client) {
        database.transaction(() -> {
            Map<String, Object> all = new HashMap<>(people.locked(personId).userMetadata());
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
            return true;
        });
    }
}
