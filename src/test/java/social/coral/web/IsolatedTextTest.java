package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.web.frame.Navigation;

/** Foreign text may run from right to left; what stands beside it may not be turned round by it. */
@BrowserTest
class IsolatedTextTest {

    /** Begins an override that it never ends, hides characters without width, and ends like a harmless file. */
    private static final String TURNING = "\u202Eשלום\u200b\u2067gpj.exe";

    /** The pieces of text that hold such a mark and stand in no element that keeps it in. */
    private static final String LOOSE = """
            () => {
              const loose = [];
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                if (!/[\\u202a-\\u202e\\u2066-\\u2069]/.test(node.data)) continue;
                let kept = false;
                for (let at = node.parentElement; at && !kept && at !== document.body; at = at.parentElement) {
                  const style = getComputedStyle(at);
                  kept = /isolate|plaintext/.test(style.unicodeBidi) || ['TEXTAREA', 'OPTION', 'TITLE'].includes(at.tagName);
                }
                if (!kept) loose.push(node.parentElement.outerHTML.slice(0, 200));
              }
              return loose;
            }""";

    @Autowired private Environment environment;
    @Autowired private People people;

    @Test
    void aNameThatTurnsTextRoundTurnsOnlyItselfOnEveryPage() {
        TestPerson person = people.aPerson();
        Samples.fill(person);
        assertThat(person.patch("/api/user/profile", Map.of("full_name", TURNING, "company_name", TURNING)).status()).isEqualTo(200);
        assertThat(person.post("/api/personas", Map.of("name", TURNING)).status()).isEqualTo(201);
        assertThat(person.post("/api/tweets", Map.of("content", TURNING)).status()).isEqualTo(201);
        Samples.collect(person, TURNING);
        List<String> pages = new ArrayList<>(List.of("/setup", "/settings/keys", "/tweets/mine", "/tweets/archive", "/tweets/imports", "/tweets?q=" + "%E2%80%AEgpj", "/accounts?q=%E2%80%AEgpj", "/knowledge?q=%E2%80%AEgpj", "/logs?q=%E2%80%AEgpj"));
        for (Navigation entry : Navigation.values()) {
            pages.add(entry.path());
        }
        boolean seen = false;
        try (Browser browser = Browser.open(environment).as(person)) {
            for (String path : pages) {
                Page page = browser.go(path);
                assertThat((List<?>) page.evaluate(LOOSE)).as(path).isEmpty();
                seen |= page.content().contains("\u202E");
            }
            assertThat(browser.complaints()).isEmpty();
        }
        assertThat(seen).as("a page showed the mark").isTrue();
    }
}
