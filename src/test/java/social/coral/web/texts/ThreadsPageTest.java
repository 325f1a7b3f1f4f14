package social.coral.web.texts;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.content.TweetThreads;
import social.coral.web.Browser;

@BrowserTest
class ThreadsPageTest {

    @Autowired private Environment environment;
    @Autowired private People people;
    @Autowired private TweetThreads threads;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void partsAreAddedMovedRemovedAndSavedWithAndWithoutScripts(boolean scripts) {
        TestPerson person = people.aPerson();
        try (Browser browser = Browser.open(environment, Browser.options().setJavaScriptEnabled(scripts)).as(person)) {
            Page page = browser.go("/threads/new");
            page.locator("#part_0").fill("One");
            press(page, "Add a part");
            page.locator("#part_1").fill("Two");
            press(page, "Add a part");
            page.locator("#part_2").fill("Three");
            press(page, "Move up part 3");
            assertThat(page.locator("#part_1")).hasValue("Three");
            press(page, "Remove part 1");
            assertThat(page.locator(".thread-part")).hasCount(2);
            press(page, "Save");
            assertThat(page.locator("#toasts")).containsText("Saved as a draft.");
            assertThat(page.locator(".thread-part").first()).containsText("1 of 2");
            assertThat(page.locator(".thread-part").first()).containsText("Three");
            assertThat(parts(person)).containsExactly("Three", "Two");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void eachPartIsCountedAsXCountsItAndOneThatIsTooLongIsNamed() {
        TestPerson person = people.aPerson();
        String id = person.post("/api/threads", Map.of("parts", List.of(Map.of("content", "One"), Map.of("content", "Two")))).text("/thread/id");
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/threads/" + id);
            page.keyboard().press("j");
            page.keyboard().press("j");
            page.keyboard().press("e");
            assertThat(page.locator("#part_1")).isFocused();
            page.locator("#part_1").fill("é".repeat(281));
            assertThat(page.locator("#preview-1")).containsText("1 character too long to publish");
            press(page, "Save");
            assertThat(page.locator("#toasts")).containsText("Saved.");
            assertThat(page.getByText("Send to review")).hasCount(0);
            browser.go("/threads");
            assertThat(page.locator(".posts")).containsText("Too long to publish");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void whatXChargesForAThreadIsSaidBesideIt() {
        TestPerson person = people.aPerson();
        String id = person.post("/api/threads", Map.of("parts", List.of(Map.of("content", "One"), Map.of("content", "See https://example.org/tides")))).text("/thread/id");
        assertThat(person.browser().get("/threads/" + id).body()).contains("list price for publishing it through its API is $0.215");
    }

    @Test
    void whatIsTypedInAPartThatIsNotSavedSurvivesAReload() {
        TestPerson person = people.aPerson();
        String id = person.post("/api/threads", Map.of("parts", List.of(Map.of("content", "One")))).text("/thread/id");
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/threads/" + id);
            press(page, "Add a part");
            page.locator("#part_1").fill("Words that took an hour");
            page.reload();
            assertThat(page.locator("#part_1")).hasValue("Words that took an hour");
            press(page, "Save");
            assertThat(page.locator("#toasts")).containsText("Saved.");
            assertThat(parts(person)).containsExactly("One", "Words that took an hour");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aThreadOfAnAgentIsApprovedByAKeyWhereAllOfItIsShownAndWithdrawn() {
        TestPerson person = people.aPerson();
        UUID id = AgentTexts.thread(threads, person, "One", "Two");
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/threads");
            assertThat(page.locator(".posts")).containsText("Written by an agent, not edited");
            assertThat(page.locator(".posts")).containsText("with gpt-4o");
            page.keyboard().press("j");
            page.keyboard().press("a");
            assertThat(page.locator("#toasts")).containsText("Approved 1 thread.");
            assertThat(person.get("/api/threads/" + id).text("/thread/status")).isEqualTo("approved");
            browser.go("/threads/" + id);
            assertThat(page.locator("main")).containsText("Saving other parts makes it a draft again.");
            press(page, "Withdraw");
            assertThat(page.locator("#toasts")).containsText("Back to draft.");
            press(page, "Send to review");
            assertThat(page.locator("#toasts")).containsText("Sent to review.");
            page.keyboard().press("a");
            assertThat(page.locator("#toasts")).containsText("Approved.");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void severalAreApprovedAtOnceAndEachThatCannotBeIsNamedWithItsReason() {
        TestPerson person = people.aPerson();
        UUID read = AgentTexts.thread(threads, person, "Low tide");
        UUID changed = AgentTexts.thread(threads, person, "High tide");
        String draft = person.post("/api/threads", Map.of("title", "Spring", "parts", List.of(Map.of("content", "Spring tide")))).text("/thread/id");
        String seen = Pattern.compile("name=\"seen\" value=\"([^\"]+)\"").matcher(person.browser().get("/threads").body()).results()
                .map(shown -> shown.group(1)).collect(Collectors.joining(","));
        person.patch("/api/threads/" + changed, Map.of("title", "Changed since"));
        TestAnswer answer = person.browser().form("/threads/selected/approve", Map.of("id", read + "," + changed + "," + draft, "seen", seen));
        String told = new String(Base64.getUrlDecoder().decode(Objects.requireNonNull(answer.header("Set-Cookie")).replaceAll(".*coral_toast=([^;]*).*", "$1")), StandardCharsets.UTF_8);
        assertThat(told).startsWith("!Approved 1 thread. Not approved: ").contains("“Changed since”: ", "“Spring”: ");
        assertThat(person.get("/api/threads?status=approved").json().at("/threads")).hasSize(1);
        assertThat(person.get("/api/threads/" + read).text("/thread/status")).isEqualTo("approved");
    }

    @Test
    void twoWindowsDoNotOverwriteEachOtherAndAnErrorStandsBesideItsPart() {
        TestPerson person = people.aPerson();
        String id = person.post("/api/threads", Map.of("parts", List.of(Map.of("content", "One")))).text("/thread/id");
        String seen = person.browser().get("/threads/" + id).body().replaceAll("(?s).*name=\"seen\" value=\"([^\"]+)\".*", "$1");
        person.patch("/api/threads/" + id, Map.of("parts", List.of(Map.of("content", "From the first window"))));
        TestAnswer second = person.browser().form("/threads/" + id, Map.of("title", "", "part_0", "From the second window", "seen", seen));
        assertThat(second.status()).isEqualTo(422);
        assertThat(second.body()).contains("changed in another window", "From the first window", "From the second window");
        assertThat(parts(person)).containsExactly("From the first window");
        TestAnswer blank = person.browser().form("/threads/" + id, Map.of("title", "", "part_0", "One", "part_1", " "));
        assertThat(blank.status()).isEqualTo(422);
        assertThat(blank.body()).contains("id=\"part_1-error\"").doesNotContain("id=\"part_0-error\"");
        person.browser().form("/threads/" + id + "/arrange", Map.of("part_0", "One", "act", "add", "seen", seen));
        assertThat(parts(person)).as("arranging stores nothing").containsExactly("From the first window");
    }

    private static List<String> parts(TestPerson person) {
        return person.get("/api/threads").json().at("/threads/0/parts").valueStream().map(part -> part.get("content").stringValue()).toList();
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).press("Enter");
    }
}
