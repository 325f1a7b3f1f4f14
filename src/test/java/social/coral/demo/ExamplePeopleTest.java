package social.coral.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.identity.ExamplePeople;
import social.coral.identity.Suspensions;

@CoralTest
class ExamplePeopleTest {

    @Autowired People people;
    @Autowired ExamplePeople examples;
    @Autowired Suspensions suspensions;

    @Test
    void outsideADemoTheirPasswordsSessionsAndTokensAreRefused() {
        TestPerson ada = people.aPerson();
        TestPerson real = people.aPerson();
        examples.register(ada.id());

        new ExampleAccess(examples, false).afterSingletonsInstantiated();
        assertThat(signIn(ada).status()).isEqualTo(400);
        assertThat(people.aStranger().form("/auth/login", ada.credentials()).headers("Set-Cookie")).isEmpty();
        assertThat(ada.get("/api/user/profile").status()).isEqualTo(401);
        assertThat(ada.get("/auth/v1/user").status()).isEqualTo(403);
        assertThat(ada.browser().get("/api/user/profile").status()).isEqualTo(401);
        assertThat(people.aStranger().post("/auth/v1/token?grant_type=refresh_token", Map.of("refresh_token", ada.refreshToken())).status()).isEqualTo(400);
        assertThat(suspensions.isSuspended(ada.tenant())).isTrue();
        assertThat(signIn(real).status()).isEqualTo(200);
        assertThat(suspensions.isSuspended(real.tenant())).isFalse();

        new ExampleAccess(examples, true).afterSingletonsInstantiated();
        assertThat(signIn(ada).status()).isEqualTo(200);
        assertThat(ada.browser().get("/api/user/profile").status()).isEqualTo(200);
        assertThat(suspensions.isSuspended(ada.tenant())).isFalse();
    }

    @Test
    void anExampleAddressWithAnotherPasswordIsNoExample() {
        TestPerson person = people.aPerson();
        examples.registerExisting(person.email(), "coral reef demo");
        examples.suspend();
        assertThat(signIn(person).status()).isEqualTo(200);

        TestPerson madeByAnEarlierVersion = people.aPerson();
        examples.registerExisting(madeByAnEarlierVersion.email(), madeByAnEarlierVersion.password());
        assertThat(examples.suspend()).isPositive();
        assertThat(signIn(madeByAnEarlierVersion).status()).isEqualTo(400);
    }

    private TestAnswer signIn(TestPerson person) {
        return people.aStranger().post("/auth/v1/token?grant_type=password", person.credentials());
    }
}
