package social.coral.web.usage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestClient;

@CoralTest
class UsagePageTest {

    @Autowired private People people;

    @Test
    void theMonthThatWasAskedForIsShownAndOneThatIsNoneIsNamed() {
        TestClient browser = people.aPerson().browser();
        assertThat(browser.get("/settings/usage?month=2030-01").body()).contains("January 2030", "No usage this month").doesNotContain("rel=\"next\"");
        assertThat(browser.get("/settings/usage?month=1999-12").body()).contains("December 1999").doesNotContain("rel=\"prev\"");
        TestAnswer wrong = browser.get("/settings/usage?month=2026-13");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("The month must be one such as 2026-01.", "Calls");
    }
}
