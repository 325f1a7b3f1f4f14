package social.coral.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.api.Failure;

/** Each test tries twice as often as a window allows and once more, so that it holds when a new window opens meanwhile. */
@CoralTest
class AttemptsTest {

    @Autowired People people;
    @Autowired Attempts attempts;

    @Test
    void guessingAPasswordIsStoppedAndSaysWhenToGoOn() {
        TestPerson person = people.aPerson();
        TestAnswer answer = people.aStranger().post("/auth/v1/token?grant_type=password", Map.of("email", person.email(), "password", "guess 0"));
        for (int guess = 1; guess <= 20 && answer.status() == 400; guess++) {
            answer = people.aStranger().post("/auth/v1/token?grant_type=password", Map.of("email", person.email(), "password", "guess " + guess));
        }
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.text("/error_code")).isEqualTo("over_request_rate_limit");
        assertThat(Integer.parseInt(String.valueOf(answer.header("Retry-After")))).isBetween(1, 300);
        assertThat(people.aStranger().post("/auth/v1/token?grant_type=password", people.aPerson().credentials()).status()).isEqualTo(200);
    }

    @Test
    void whoeverNamesAnotherAddressForEachGuessIsStoppedAllTheSame() {
        TestPerson person = people.aPerson();
        int status = 400;
        for (int guess = 0; guess <= 20 && status == 400; guess++) {
            String elsewhere = "203.0.113." + guess;
            status = people.aStranger().with("X-Forwarded-For", elsewhere).with("Forwarded", "for=" + elsewhere).with("X-Real-IP", elsewhere)
                    .post("/auth/v1/token?grant_type=password", Map.of("email", person.email(), "password", "guess " + guess)).status();
        }
        assertThat(status).isEqualTo(429);
    }

    @Test
    void aStrangerWhoGuessesDoesNotKeepTheOwnerOut() {
        String address = people.anAddress();
        Client stranger = aClient();
        assertThatThrownBy(() -> {
            for (int i = 0; i <= 20; i++) {
                attempts.password(address, stranger);
            }
        }).isInstanceOf(Failure.class).hasMessageContaining("Too many attempts");
        attempts.password(address, aClient());
    }

    @Test
    void manyClientsTogetherAreStoppedAtOneAddress() {
        String address = people.anAddress();
        assertThatThrownBy(() -> {
            for (int i = 0; i <= 100; i++) {
                attempts.password(address, aClient());
            }
        }).isInstanceOf(Failure.class);
    }

    @Test
    void oneClientIsStoppedAcrossManyAddresses() {
        Client client = aClient();
        assertThatThrownBy(() -> {
            for (int i = 0; i <= 200; i++) {
                attempts.password(people.anAddress(), client);
            }
        }).isInstanceOf(Failure.class);
    }

    @Test
    void whoeverIsRightMayComeBackOftenAndNotWithoutEnd() {
        String address = people.anAddress();
        Client client = aClient();
        for (int i = 0; i < 120; i++) {
            attempts.password(address, client).wasRight();
        }
        assertThatThrownBy(() -> attempts.password(address, client)).isInstanceOf(Failure.class);
    }

    @Test
    void aNetworkOfIpv6CountsAsOneClient() {
        assertThat(new Client("2001:db8:1:2:3:4:5:6", null).network()).isEqualTo(new Client("2001:db8:1:2:ffff::1", null).network());
        assertThat(new Client("2001:db8:1:3::1", null).network()).isNotEqualTo(new Client("2001:db8:1:2::1", null).network());
        assertThat(new Client("192.0.2.7", null).network()).isEqualTo("192.0.2.7");
    }

    private static Client aClient() {
        return new Client(UUID.randomUUID().toString(), null);
    }
}
