package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final Passwords passwords = new Passwords();

    @Test
    void aPasswordMatchesItsHashAndNoOther() {
        String hash = passwords.hash("violet harbour lantern 42");
        assertThat(passwords.matches("violet harbour lantern 42", hash)).isTrue();
        assertThat(passwords.matches("violet harbour lantern 43", hash)).isFalse();
        assertThat(passwords.matches("violet harbour lantern 42", null)).isFalse();
    }

    @Test
    void aPasswordIsCheckedExactlyAsItWasTyped() {
        String typed = "Ünïcode phrase ".repeat(34) + "ab";
        String hash = passwords.hash(typed);
        assertThat(passwords.matches(typed, hash)).isTrue();
        for (String other : List.of(typed.substring(0, typed.length() - 1), typed + " ", typed.toLowerCase(Locale.ROOT),
                Normalizer.normalize(typed, Normalizer.Form.NFD), typed.substring(0, 72), typed.substring(0, 511) + "c")) {
            assertThat(passwords.matches(other, hash)).as(other).isFalse();
        }
    }

    @Test
    void aHashIsArgon2idAtTheAdvisedCostAndNeverTheSameTwice() {
        String hash = passwords.hash("violet harbour lantern 42");
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.hash("violet harbour lantern 42")).isNotEqualTo(hash);
    }
}
