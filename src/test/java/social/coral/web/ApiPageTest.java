package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;

@BrowserTest
class ApiPageTest {

    @Autowired private Environment environment;

    @Test
    void theApisPageWorksUnderThePolicyOfAllPages() {
        try (Browser browser = Browser.open(environment)) {
            Page page = browser.go("/swagger-ui/index.html");
            page.locator(".opblock").first().waitFor();
            assertThat(page.locator(".info .title").innerText()).contains("Coral Social");
            // The page brings one style of its own, an inline one; it is refused as ours would be, and nothing is missing without it.
            assertThat(browser.complaints()).hasSizeLessThan(2).allMatch(text -> text.startsWith("Applying inline style violates"));
            assertThat(browser.elsewhere()).isEmpty();
        }
    }
}
