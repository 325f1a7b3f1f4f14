package social.coral.identity;

import java.util.UUID;
import org.springframework.stereotype.Component;

/** People that a demo has made, whose password is published. They are remembered as such, whatever they change of themselves. */
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

    public void remember(UUID person) {
        database.sql("insert into auth.coral_example_people (user_id) values (:person) on conflict (user_id) do nothing")
                .param("person", person)
                .update();
    }

    /** Whoever has this address and the published password was made by a demo, by an earlier version perhaps; nobody else is. */
    public void recognise(String address, String publishedPassword) {
        people.credentials(EmailAddress.of(address))
                .filter(known -> passwords.matches(publishedPassword, known.passwordHash()))
                .ifPresent(known -> remember(known.person().id()));
    }

    public void letIn() {
        database.sql("update auth.users set banned_until = null where id in (select user_id from auth.coral_example_people)").update();
    }

    /** Suspends them, and says how many there are. */
    public int keepOut() {
        return database.sql("update auth.users set banned_until = '9999-01-01' where id in (select user_id from auth.coral_example_people)").update();
    }
}
