package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.installation.MasterKey;

@CoralTest
class SigningKeysTest {

    @Autowired SigningKeys keys;
    @Autowired AuthDatabase database;
    @Autowired MasterKey masterKey;

    @Test
    void aProcessThatStartsLaterSignsWithTheSameKey() {
        assertThat(new SigningKeys(database, masterKey).signing().getKeyID()).isEqualTo(keys.signing().getKeyID());
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
}
