package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.web.frame.Navigation;

/** Whoever goes through a page with the Tab key sees where they are. */
@BrowserTest
class FocusTest {

    private static final List<String> BESIDE_THE_NAVIGATION = List.of(
            "/tweets/archive", "/replies/set-aside", "/knowledge?q=tag", "/tweets/imports", "/tweets/import", "/accounts/add", "/blogs/new", "/threads/new", "/setup", "/settings/usage/calls", "/settings/usage/limits", "/settings/approval", "/settings/approval/new", "/settings/data");

    /** No page of these samples has as many stops; a page on which the focus stays somewhere would never end. */
    private static final int MOST_STOPS = 150;

    /**
     * What is focused and whether a ring shows it, by the width of the ring, how far its colour is from the ground of the page, and
     * whether it is in the window at all. Null at the end of the page.
     */
    private static final String FOCUSED = """
            () => {
              const element = document.activeElement;
              if (!element || element === document.body || element.dataset.passed) return null;
              element.dataset.passed = 'yes';
              const channels = color => color.match(/[\\d.]+/g).map(Number);
              const light = color => {
                const [r, g, b] = channels(color).map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const style = getComputedStyle(element);
              const [color, around] = style.outlineStyle === 'none' ? [style.borderTopColor, style.boxShadow] : [style.outlineColor, ''];
              const [darker, lighter] = [light(color), light(getComputedStyle(document.body).backgroundColor)].sort();
              const width = style.outlineStyle === 'none' ? (around.includes('0px 0px 0px 1px') ? 1 + parseFloat(style.borderTopWidth) : 0)
                : parseFloat(style.outlineWidth);
              const box = element.getBoundingClientRect();
              const contrast = (lighter + 0.05) / (darker + 0.05);
              const inWindow = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
              const name = element.tagName + ' ' + element.className + ' "' + (element.innerText || element.name || '').trim().slice(0, 30) + '"';
              return { name, width, contrast, inWindow, shown: width >= 2 && contrast >= 3 && inWindow };
            }""";

    @Autowired private Environment environment;
    @Autowired private People people;

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 1280", "LIGHT, 390", "DARK, 390"})
    void everyStopOfTheTabKeyShowsARing(ColorScheme theme, int width) {
        TestPerson person = people.aPerson();
        Samples.fill(person);
        List<String> unseen = new ArrayList<>();
        try (Browser browser = Browser.open(environment, Browser.options().setViewportSize(width, 800).setColorScheme(theme)
                .setReducedMotion(ReducedMotion.REDUCE))) {
            Stream.of("/auth/login", "/auth/signup").forEach(path -> assertThat(stops(browser.go(path), unseen)).as(path).isGreaterThan(2));
            browser.as(person);
            Stream.concat(Stream.of(Navigation.values()).map(Navigation::path), BESIDE_THE_NAVIGATION.stream())
                    .forEach(path -> {
                        Page open = browser.go(path);
                        // From a field that has the focus at first, only what follows it is reached.
                        int least = Boolean.TRUE.equals(open.evaluate("document.activeElement !== document.body")) ? 0 : 2;
                        assertThat(stops(open, unseen)).as(path).isGreaterThan(least);
                    });

            Page page = browser.go("/tweets/imports");
            page.getByText("Undo").first().click();
            page.locator("#dialog [data-close]").waitFor();
            assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Cancel");
            page.keyboard().press("Shift+Tab");
            page.keyboard().press("Shift+Tab");
            assertThat(stops(page, unseen)).as("a dialog").isGreaterThanOrEqualTo(2);
        }
        assertThat(unseen).isEmpty();
    }

    private static int stops(Page page, List<String> unseen) {
        int stops = 0;
        while (stops < MOST_STOPS) {
            page.keyboard().press("Tab");
            if (!(page.evaluate(FOCUSED) instanceof Map<?, ?> focused)) {
                return stops;
            }
            stops++;
            if (!Boolean.TRUE.equals(focused.get("shown"))) {
                unseen.add(page.url() + " " + focused);
            }
        }
        throw new AssertionError(page.url() + " has more than " + MOST_STOPS + " stops");
    }
}
