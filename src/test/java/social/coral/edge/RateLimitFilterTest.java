package social.coral.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;

@CoralTest
class RateLimitFilterTest {

    private final People people;

    RateLimitFilterTest(@Autowired People people) {
        this.people = people;
    }

    @Test
    void everyAnswerOfTheApiTellsTheLimitAndWhatIsLeft() {
        TestPerson person = people.aPerson();
        for (TestAnswer answer : List.of(
                person.get("/api/tweets"), person.get("/api/tweets/none"), person.get("/api/tweets?limit=0"),
                person.post("/api/tweets", "{"), people.aStranger().get("/api/tweets"))) {
            assertThat(answer.header("RateLimit-Policy")).as("" + answer.status()).matches("\"(tenant|stranger)\";q=\\d+;w=60");
            assertThat(answer.header("RateLimit")).as("" + answer.status()).matches("\"(tenant|stranger)\";r=\\d+;t=\\d+");
        }
    }

    @Test
    void whatOneTenantUsesIsNotTakenFromAnother() {
        TestPerson busy = people.aPerson();
        TestPerson calm = people.aPerson();
        long before = left(calm.get("/api/personas"));
        for (int i = 0; i < 20; i++) {
            busy.get("/api/personas");
        }

        assertThat(before - left(calm.get("/api/personas"))).isLessThanOrEqualTo(1);
    }

    @Test
    void whoeverHoldsATokenIsCountedAsATenantInTheWireProtocolTooAndKeepsNoNeighbourFromSigningIn() {
        TestPerson person = people.aPerson();
        for (TestAnswer answer : List.of(person.get("/auth/v1/user"), person.put("/auth/v1/user", Map.of("data", Map.of("a", 1))), person.api().post("/auth/v1/logout"))) {
            assertThat(answer.header("RateLimit-Policy")).as(answer.body()).startsWith("\"tenant\"");
        }
        for (TestAnswer answer : List.of(
                person.get("/auth/v1/user"), person.post("/auth/v1/token?grant_type=password", person.credentials()),
                people.aStranger().with("Authorization", "Bearer made.up.token").get("/auth/v1/user"), person.browser().get("/auth/v1/user"))) {
            assertThat(answer.header("RateLimit-Policy")).as(answer.body()).startsWith("\"stranger\"");
        }
    }

    private static long left(TestAnswer answer) {
        return Long.parseLong(String.valueOf(answer.header("RateLimit")).replaceAll(".*r=(\\d+).*", "$1"));
    }
}
