package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.api.Failure;

class PasswordRulesTest {

    private static final EmailAddress SOMEBODY = EmailAddress.of("somebody@example.org");

    private final PasswordRules rules = new PasswordRules();

    @Test
    void eightCharactersAreEnoughAndSevenAreNotHoweverManyBytesTheyTake() {
        assertThatNoException().isThrownBy(() -> rules.check("🐙🪸🐠🦑🦐🐚🦞🐡", SOMEBODY));
        assertThatThrownBy(() -> rules.check("🐙🪸🐠🦑🦐🐚🦞", SOMEBODY)).isInstanceOf(Failure.class).hasMessageContaining("at least 8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mulberrytramway", "MULBERRYTRAMWAY", "7391046285", "!?&%=*+~§#", "ж и в о й с а д", "   spaces   around   "})
    void anyMixtureOfCharactersIsAccepted(String password) {
        assertThatNoException().isThrownBy(() -> rules.check(password, SOMEBODY));
    }

    @Test
    void noBreachedPasswordIsAcceptedInAnyLetterCase() throws IOException {
        List<String> breached = StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream().filter(password -> password.length() >= 8).toList();
        assertThat(breached).hasSizeGreaterThan(10_000).contains("trustno1", "falcon01", "mopar440");
        for (String password : breached) {
            for (String typed : List.of(password, password.toUpperCase(Locale.ROOT), " " + password)) {
                assertThatThrownBy(() -> rules.check(typed, SOMEBODY)).as(typed).isInstanceOfSatisfying(Failure.class,
                        refused -> assertThat(refused.code()).isEqualTo("weak_password"));
            }
        }
    }
}
