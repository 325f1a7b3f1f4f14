package social.coral.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;

@CoralTest
class UsageRoutesTest {

    @Autowired
    People people;

    @ParameterizedTest
    @ValueSource(strings = {"from=%2B999999999-12-31", "from=-999999999-01-01", "from=0000-01-01", "from=9999-12-31", "to=2026-02-30"})
    void aDayThatNoCalendarOfOursHasIsBadInput(String query) {
        assertThat(people.aPerson().get("/api/user/usage?" + query).status()).isEqualTo(400);
    }

    @Test
    void nothingIsTakenFromAPaymentProviderThatIsNotSetUp() {
        assertThat(people.aStranger().post("/webhooks/stripe", Map.of("id", "evt_1")).status()).isEqualTo(404);
    }
}
