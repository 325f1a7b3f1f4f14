package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.api.Failure;

@CoralTest
class AccountsTest {

    @Autowired People people;
    @Autowired Accounts accounts;

    /** The quickest of several, and of more while they differ, so that a busy machine does not blur it; without the hash it would be a twentieth. */
    @Test
    void anUnknownAddressIsRefusedInTheSameWordsAndTimeAsAWrongPassword() {
        Duration known = refusal(people.aPerson().email());
        Duration unknown = refusal(people.anAddress());
        for (int i = 0; i < 40 && (i < 4 || !areAlike(known, unknown)); i++) {
            known = Collections.min(List.of(known, refusal(people.aPerson().email())));
            unknown = Collections.min(List.of(unknown, refusal(people.anAddress())));
        }
        assertThat(unknown).isBetween(known.dividedBy(2), known.multipliedBy(2));
    }

    private static boolean areAlike(Duration one, Duration other) {
        return other.compareTo(one.dividedBy(2)) > 0 && other.compareTo(one.multipliedBy(2)) < 0;
    }

    private Duration refusal(String address) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> accounts.signIn(address, "not the password", new Client(UUID.randomUUID().toString(), null), null, person -> person))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.code()).isEqualTo("invalid_credentials"));
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
