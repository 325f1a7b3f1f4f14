package social.coral.web.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.web.Browser;

@BrowserTest
class AgentsPageTest {

    @Autowired private Environment environment;
    @Autowired private People people;

    @Test
    void aScheduleThatCannotRunIsCalledStoppedAboveTheAgentsAsWell() {
        TestPerson person = people.aPerson();
        person.put("/api/agents/tweet-scraping/schedule", Map.of("enabled", true, "every", "PT6H", "time_zone", "UTC"));
        assertThat(person.browser().get("/agents").body()).contains(" agents · 1 scheduled, stopped for now");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAgentWithoutAKeyCanUseTheSandboxWithAndWithoutScripts(boolean scripts) {
        TestPerson person = people.aPerson();
        person.post("/api/x-accounts", Map.of("username", "reefcheck"));
        try (Browser browser = Browser.open(environment, Browser.options().setJavaScriptEnabled(scripts)).as(person)) {
            Page page = browser.go("/agents");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Use the sandbox")).first().click();
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Collect now")).waitFor();
            assertThat(page.url()).endsWith("/agents");
            assertThat(page.getByText("Use the sandbox").count()).isZero();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSwitchForTheNextAgentSaysWhatIsSavedWithAndWithoutScripts(boolean scripts) {
        TestPerson person = people.aPerson();
        try (Browser browser = Browser.open(environment, Browser.options().setJavaScriptEnabled(scripts)).as(person)) {
            Page page = browser.go("/agents");
            Locator chain = page.getByRole(AriaRole.SWITCH, new Page.GetByRoleOptions().setName("Then start “Research topics” after “Find hot topics”"));
            assertThat(chain.getAttribute("aria-checked")).isEqualTo("false");
            chain.click();
            page.locator("[aria-checked=true]").waitFor();
            assertThat(person.get("/api/agents/hot-topics/chain").json().at("/chain/enabled").asBoolean()).isTrue();
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
