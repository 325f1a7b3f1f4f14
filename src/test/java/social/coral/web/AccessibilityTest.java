package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.content.Replies;
import social.coral.tenancy.TenantDoor;
import social.coral.web.frame.Navigation;

/** axe finds nothing on any page, and nothing scrolls sideways in a narrow window. */
@BrowserTest
class AccessibilityTest {

    private static final List<String> FOR_STRANGERS = List.of("/auth/login", "/auth/signup");
    private static final List<String> BESIDE_THE_NAVIGATION = List.of("/agents/research/limits",
            "/tweets/archive", "/replies/set-aside", "/metrics?span=all", "/knowledge?q=tag", "/knowledge/settings", "/knowledge/authors/reefcheck/forget", "/tweets/imports", "/tweets/mine", "/tweets/import", "/accounts/add", "/blogs/new", "/threads/new", "/persona/new", "/setup", "/settings/keys", "/settings/usage", "/settings/usage/calls", "/settings/usage/limits", "/settings/usage/stop", "/settings/approval", "/settings/approval/new", "/settings/data", "/settings/data/erase", "/no-such-page");

    @Autowired private Environment environment;
    @Autowired private People people;
    @Autowired private TenantDoor door;
    @Autowired private Replies replies;

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 390"})
    void everyPageCanBeReadAndUsedByAnybody(ColorScheme theme, int width) {
        TestPerson person = people.aPerson();
        Samples.fill(person);
        UUID reply = Samples.mentions(door, replies, person);
        try (Browser browser = Browser.open(environment, Browser.options().setViewportSize(width, 800).setColorScheme(theme))) {
            FOR_STRANGERS.forEach(path -> check(browser.go(path), width));
            browser.as(person);
            Stream.concat(Stream.of(Navigation.values()).map(Navigation::path), BESIDE_THE_NAVIGATION.stream())
                    .forEach(path -> check(browser.go(path), width));
            String blog = "/blogs/" + person.get("/api/blogs").text("/blogs/0/id");
            String thread = "/threads/" + person.get("/api/threads").text("/threads/0/id");
            Stream.of(blog + "#edit", blog + "/versions", blog + "/schedule", thread, thread + "#edit", "/replies/" + reply).forEach(path -> check(browser.go(path), width));
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.elsewhere()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(value = ColorScheme.class, names = {"LIGHT", "DARK"})
    void whatOpensOverAPageCanBeReadAndUsedToo(ColorScheme theme) {
        TestPerson person = people.aPerson();
        Samples.fill(person);
        try (Browser browser = Browser.open(environment, Browser.options().setViewportSize(390, 800).setColorScheme(theme)).as(person)) {
            Page page = browser.go("/accounts");
            page.keyboard().press("?");
            check(page, 390);
            page.keyboard().press("Escape");
            page.getByLabel("Menu").click();
            page.locator("summary").click();
            check(page, 390);
            page.keyboard().press("Escape");
            page.locator("[data-write]").click();
            page.locator("#dialog #handles").waitFor();
            check(page, 390);
        }
    }

    private static void check(Page page, int width) {
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .as("%s, %s wide", page.url(), width)
                .extracting(violation -> violation.getId() + ": " + violation.getNodes().getFirst().getTarget())
                .isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth")).as("%s scrolls sideways", page.url()).isEqualTo(width);
    }
}
