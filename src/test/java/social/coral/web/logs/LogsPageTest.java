package social.coral.web.logs;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.web.Browser;

@BrowserTest
class LogsPageTest {

    @Autowired private Environment environment;
    @Autowired private People people;

    @ParameterizedTest
    @CsvSource({"/logs, level, error", "/settings/audit, actor, person"})
    void theFileHoldsWhatTheFilterHoldsWithoutLoadingThePageAgain(String path, String filter, String value) {
        try (Browser browser = Browser.open(environment).as(people.aPerson())) {
            Page page = browser.go(path);
            assertThat(page.getByText("Download as CSV")).hasAttribute("href", path + "/download");
            page.locator("[name=" + filter + "]").selectOption(value);
            assertThat(page.getByText("Download as CSV")).hasAttribute("href", path + "/download?" + filter + "=" + value);
        }
    }

    @ParameterizedTest
    @CsvSource({"agent=nobody", "level=none", "agent=nobody&level=none"})
    void aFilterThatCannotBeUsedIsNamedAboveTheListWhichIsShownWithoutIt(String query) {
        TestAnswer answer = people.aPerson().browser().get("/logs?" + query + "&q=created");
        org.assertj.core.api.Assertions.assertThat(answer.status()).isEqualTo(422);
        org.assertj.core.api.Assertions.assertThat(answer.body()).contains("class=\"filters", "role=\"alert\"", "Your account was created", "/logs/download");
    }

    @ParameterizedTest
    @CsvSource({"Coral Social", "info created", "CREATED profile social"})
    void eachWordIsFoundInWhatARowShows(String words) {
        String found = people.aPerson().browser().get("/logs?q=" + words.replace(' ', '+')).body();
        org.assertj.core.api.Assertions.assertThat(found).contains("Your account was created");
        org.assertj.core.api.Assertions.assertThat(people.aPerson().browser().get("/logs?q=info+nothing").body()).doesNotContain("Your account was created");
    }

    @ParameterizedTest
    @CsvSource({"/logs", "/settings/audit"})
    void fromAFilterThatNothingFitsAWayLeadsBackToAll(String path) {
        String body = people.aPerson().browser().get(path + "?q=nobody_wrote_this").body();
        org.assertj.core.api.Assertions.assertThat(body).contains("<a class=\"btn\" href=\"" + path + "\">Show all</a>");
    }
}
