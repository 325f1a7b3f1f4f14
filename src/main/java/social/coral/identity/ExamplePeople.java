package social.coral.identity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;

/** Example accounts that a demo created, whose password is public. They stay registered as such, whatever they change. */
@Component
public class ExamplePeople {

    private final AuthDatabase database;
    private final People people;
    private final Passwords passwords;
    private final BrowserSessions sessions;

    ExamplePeople(AuthDatabase database, People people, Passwords passwords, BrowserSessions sessions) {
        this.database = database;
        this.people = people;
        this.passwords = passwords;
        this.sessions = sessions;
    }

    /**
     * Signs the browser in as the example person with this address, without a password: nothing is guessed where everybody knows it, so
     * attempts are not counted and nobody can use them up.
     */
    public BrowserSession signIn(String address, Client client, @Nullable String deviceToken) {
        People.Credentials known = people.credentials(EmailAddress.of(address)).orElseThrow(Failure::notFound);
        return database.transaction(known.person().id(), () -> {
            Person person = people.signedIn(known).filter(found -> isExample(found.id())).orElseThrow(Failure::notFound);
            Accounts.requireAllowed(person);
            return sessions.open(person, client, deviceToken);
        });
    }

    /** Refuses what one visitor of a demo could do to the others who share this account; nobody else is refused anything. */
    void requireOwnAccount(UUID person) {
        if (isExample(person)) {
            throw Failure.of(HttpStatus.FORBIDDEN, "example_account",
                    "All visitors of this demo share this account, so its address and password stay as they are and it cannot be erased."
                            + " Sign up for an account of your own.");
        }
    }

    private boolean isExample(UUID person) {
        return database.sql("select exists (select 1 from auth.coral_example_people where user_id = :person)")
                .param("person", person)
                .query(Boolean.class)
                .single();
    }

    /** Lets an example person have signed up then, with what they have since. */
    public void backdate(UUID person, Instant since) {
        database.sql("select true from auth.backdate_example(:person, :since)")
                .param("person", person)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    public void register(UUID person) {
        database.sql("insert into auth.coral_example_people (user_id) values (:person) on conflict (user_id) do nothing")
                .param("person", person)
                .update();
    }

    /** Registers an account with this address and the public password, which a demo of an earlier version may have created. */
    public void registerExisting(String address, String publicPassword) {
        people.credentials(EmailAddress.of(address))
                .filter(known -> passwords.matches(publicPassword, known.passwordHash()))
                .ifPresent(known -> register(known.person().id()));
    }

    public void unsuspend() {
        database.sql("update auth.users set banned_until = null where id in (select user_id from auth.coral_example_people)").update();
    }

    /** Suspends all of them. Returns how many there are. */
    public int suspend() {
        return database.sql("update auth.users set banned_until = '9999-01-01' where id in (select user_id from auth.coral_example_people)").update();
    }
}
