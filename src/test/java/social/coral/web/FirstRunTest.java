package social.coral.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;

/** The main job, end to end, in a real browser: from sign-up to collected posts on the page. */
@BrowserTest
class FirstRunTest {

    private static final LocatorAssertions.IsVisibleOptions PATIENTLY = new LocatorAssertions.IsVisibleOptions().setTimeout(90_000);

    @Autowired
    Environment environment;

    @Test
    void aNewPersonIsLedFromSignUpToCollectedPosts() {
        try (Browser browser = Browser.open(environment)) {
            Page page = browser.go("/");
            assertThat(page).hasURL(Pattern.compile("/auth/login"));
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Create an account")).click();
            page.locator("input[name=email]").fill(UUID.randomUUID() + "@example.org");
            page.locator("input[name=password]").fill("a tide pool at noon");
            page.keyboard().press("Enter");

            assertThat(page).hasURL(Pattern.compile("/setup"));
            page.locator("input[name=full_name]").fill("Robin Example");
            press(page, "Continue");

            assertThat(page.getByRole(AriaRole.HEADING, heading("Which services do you want to use?"))).isVisible();
            page.getByText("More keys, which you can enter later").click();
            for (String key : new String[] {"X bearer token", "X API key", "X API secret", "X access token", "X access token secret",
                "OpenAI API key", "Anthropic API key", "Perplexity API key"}) {
                assertThat(page.getByLabel(Pattern.compile("^" + key + " \\(optional\\)"))).isVisible();
            }
            press(page, "Use the sandbox");

            assertThat(page.getByRole(AriaRole.HEADING, heading("Who do you want to listen to?"))).isVisible();
            Locator examples = page.getByRole(AriaRole.CHECKBOX);
            assertThat(examples).hasCount(3);
            for (Locator example : examples.all()) {
                assertThat(example).not().isChecked();
                example.check();
            }
            press(page, "Continue");

            assertThat(page.getByRole(AriaRole.HEADING, heading("Does this look right?"))).isVisible();
            press(page, "Finish and collect the first posts");

            assertThat(page.getByText("Collected 300 new posts from 3 accounts")).isVisible(PATIENTLY);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Go to the dashboard")).click();

            assertThat(page).hasURL(Pattern.compile("/dashboard"));
            Locator collected = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("Posts collected\\s*300")));
            assertThat(collected).isVisible();
            assertThat(page.getByText("Posts come from a made-up network, not from X.")).isVisible();
            collected.click();

            assertThat(page).hasURL(Pattern.compile("/tweets"));
            assertThat(page.getByText("of 300 posts")).isVisible();
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.elsewhere()).isEmpty();
        }
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
    }

    private static Page.GetByRoleOptions heading(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
