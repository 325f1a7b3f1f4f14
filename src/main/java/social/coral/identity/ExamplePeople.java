package social.coral.identity;

import java.util.UUID;
import org.springframework.stereotype.Component;

/** Example accounts that a demo created, whose password is public. They stay registered as such, whatever they change. */
@Component
public class ExamplePeople {

    private final AuthDatabase database;
    private final People people;
    private final Passwords passwords;

    ExamplePeople(AuthDatabase database, People people, Passwords passwords) {
        this.database = database;
        this.people = people;
        this.passwords = passwords;
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
