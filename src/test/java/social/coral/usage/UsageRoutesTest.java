package social.coral.usage;

import static org.assertj.core.api.Assertions.assertThat;

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
}
