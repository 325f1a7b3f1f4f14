package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.api.Failure;

@CoralTest
class AccountsTest {

    @Autowired People people;
    @Autowired Accounts accounts;

    /** The quickest of several, so that a busy machine does not blur it; without the hash it would be a twentieth. */
    @Test
    void anUnknownAddressIsRefusedInTheSameWordsAndTimeAsAWrongPassword() {
        Duration known = quickestRefusal(people.aPerson().email());
        Duration unknown = quickestRefusal(people.anAddress());
        assertThat(unknown).isBetween(known.dividedBy(2), known.multipliedBy(2));
    }

    private Duration quickestRefusal(String address) {
        return IntStream.range(0, 5).mapToObj(i -> {
            long start = System.nanoTime();
            assertThatThrownBy(() -> accounts.signIn(address, "not the password", new Client(UUID.randomUUID().toString(), null), null, person -> person))
                    .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.code()).isEqualTo("invalid_credentials"));
            return Duration.ofNanos(System.nanoTime() - start);
        }).min(Duration::compareTo).orElseThrow();
    }
}
