package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.installation.MasterKey;

@CoralTest
class SigningKeysTest {

    @Autowired People people;
    @Autowired SigningKeys keys;
    @Autowired AuthDatabase database;
    @Autowired MasterKey masterKey;

    @Test
    void aProcessThatStartsLaterSignsWithTheSameKey() {
        assertThat(new SigningKeys(database, masterKey).signing()).isEqualTo(new SigningKeys(database, masterKey).signing());
        assertThat(database.sql("select count(*) from auth.coral_signing_keys where retired_at is null").query(Integer.class).single()).isEqualTo(1);
    }

    @Test
    void thePrivateHalfIsSealedInTheDatabase() {
        String stored = database.sql("select public_jwk::text || encode(sealed_private_key, 'escape') from auth.coral_signing_keys where kid = :kid")
                .param("kid", keys.signing().getKeyID())
                .query(String.class)
                .single();
        assertThat(stored).contains("\"x\"").doesNotContain("\"d\"").doesNotContain(keys.signing().getD().toString());
    }

    @Test
    void manyProcessesThatStartOnAnEmptyDatabaseMakeOneKey() throws Exception {
        database.sql("update auth.coral_signing_keys set retired_at = now()").update();
        List<Callable<String>> starts = IntStream.range(0, 5)
                .<Callable<String>>mapToObj(i -> () -> new SigningKeys(database, masterKey).signing().getKeyID())
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> used = threads.invokeAll(starts).stream().map(Future::resultNow).distinct().toList();
            assertThat(used).hasSize(1);
            // What signed with the retired key meanwhile is still good.
            TestPerson person = people.aPerson();
            assertThat(person.get("/api/user/profile").status()).isEqualTo(200);
        }
    }
}
