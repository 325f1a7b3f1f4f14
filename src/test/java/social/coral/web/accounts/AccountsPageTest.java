package social.coral.web.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.web.Browser;

@BrowserTest
class AccountsPageTest {

    @Autowired private Environment environment;
    @Autowired private People people;

    @Test
    void severalHandlesAreAddedAtOnceAndOfEachItIsSaidWhatBecameOfIt() {
        TestPerson person = people.aPerson();
        person.post("/api/x-accounts", Map.of("username", "reefcheck"));
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/accounts");
            page.keyboard().press("c");
            page.getByLabel("Handles").fill("@ReefCheck, deep_sea\nhttps://x.com/Tide_Pool?s=20 reef_fish\nleft_out far-too-odd\nnineteen_characters\n@");
            page.locator("#dialog #priority").fill("80");
            page.evaluate("document.querySelector('#dialog #handles').style.height = '120px'");
            button(page, "Add").click();
            page.locator(".results").waitFor();
            assertThat(page.locator(".results").innerText()).contains("Already added", "Added", "Not added");
            assertThat(page.locator(".results").innerText())
                    .contains("@left_out", "A handle has 1 to 15 letters", "has 19 characters; at most 15 are allowed.", "Enter a handle.");
            assertThat(page.getByLabel("Handles").inputValue()).isEqualTo("far-too-odd\nnineteen_characters\n@");
            page.getByLabel("Handles").fill("odd");
            button(page, "Add").click();
            page.locator("#toasts").getByText("Added @odd.").waitFor();
            assertThat(page.locator("[data-row-link]").allInnerTexts()).containsExactlyInAnyOrder("@deep_sea", "@tide_pool", "@reef_fish", "@left_out", "@odd", "@reefcheck");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void noWindowIsTooNarrowForTheList() {
        TestPerson person = people.aPerson();
        person.post("/api/x-accounts", Map.of("username", "fifteen_letters"));
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/accounts");
            assertThat(List.of(390, 640, 768, 800, 992, 1000, 1100, 1280)).allSatisfy(width -> {
                page.setViewportSize(width, 800);
                assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
                assertThat(button(page, "Remove @fifteen_letters").boundingBox()).satisfies(box -> assertThat(box.x + box.width).isLessThanOrEqualTo(width));
            });
        }
    }

    @Test
    void aFullListIsToldOnceAndNotForEachHandle() {
        TestPerson person = people.aPerson();
        String[] names = IntStream.range(0, 500).mapToObj(i -> "held_" + i).toArray(String[]::new);
        IntStream.range(0, 5).forEach(i -> person.browser().form("/accounts/add",
                Map.of("priority", "50", "handles", String.join(" ", Arrays.copyOfRange(names, i * 100, i * 100 + 100)))));
        String body = person.browser().form("/accounts/add", Map.of("priority", "50", "handles", "one, two, three")).body();
        assertThat(body).containsOnlyOnce("You have 500 accounts on X, the most allowed. Remove some first.");
    }

    @Test
    void chosenAccountsArePausedAtOnceAndRemovedOnlyAfterAQuestion() {
        TestPerson person = people.aPerson();
        List.of("one", "two", "three").forEach(name -> person.post("/api/x-accounts", Map.of("username", name)));
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/accounts");
            page.getByLabel("Select @one").check();
            page.getByLabel("Select @three").check();
            assertThat(page.locator("[data-selection-count]").innerText()).isEqualTo("2 selected");
            Locator bar = page.locator("[data-selection]");
            bar.getByText("Pause").click();
            page.locator("#toasts").getByText("Paused @one and @three.").waitFor();
            assertThat(person.get("/api/user/audit?action=account.paused").json().at("/audit").valueStream().map(entry -> entry.at("/subject").asString()))
                    .containsExactly("2 accounts: @one, @three");
            assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("@one")).innerText()).contains("Paused");
            assertThat(page.locator("#lead").innerText()).contains("3 accounts · 2 paused");
            button(page, "Pause @two").click();
            page.locator("#toasts").getByText("Paused @two.").waitFor();
            assertThat(page.locator("#lead").innerText()).contains("3 accounts · 3 paused");
            assertThat(page.locator("#collecting").innerText()).contains("All your accounts are paused");

            page.getByLabel("Select @one").check();
            bar.getByText("Remove").click();
            page.locator("#dialog").getByText("Remove @one?").waitFor();
            assertThat(page.locator("#dialog").innerText()).contains("collecting starts from its newest posts");
            page.locator("#dialog").getByText("Cancel").click();
            assertThat(person.get("/api/x-accounts").json().at("/x_accounts").size()).isEqualTo(3);
            bar.getByText("Remove").click();
            page.locator("#dialog").getByText("Remove", new Locator.GetByTextOptions().setExact(true)).click();
            page.locator("#toasts").getByText("Removed @one.").waitFor();
            assertThat(page.locator("[data-row-link]").allInnerTexts()).containsExactlyInAnyOrder("@two", "@three");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aPageWithoutAccountsOffersTheFirstStepOnce() {
        assertThat(people.aPerson().browser().get("/accounts").body()).containsOnlyOnce("Add accounts</a>");
    }

    @Test
    void theFilterStandsInTheAddressAndTheBackButtonUndoesAllThatWasTyped() {
        TestPerson person = people.aPerson();
        List.of("reef_one", "reef_two", "shore").forEach(name -> person.post("/api/x-accounts", Map.of("username", name)));
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/accounts");
            page.keyboard().press("/");
            page.keyboard().type("reef");
            page.waitForURL("**/accounts?q=reef");
            assertThat(page.locator("[data-row-link]").allInnerTexts()).containsExactly("@reef_one", "@reef_two");
            page.keyboard().type("_t");
            page.waitForURL("**/accounts?q=reef_t");
            page.keyboard().press("Enter");
            assertThat(page.locator("[data-row-link]").allInnerTexts()).containsExactly("@reef_two");
            page.goBack();
            page.locator("[data-row-link]").getByText("@shore").waitFor();
            assertThat(page.locator("[data-row-link]").count()).isEqualTo(3);
        }
    }

    @Test
    void whatTheRowShowsIsFoundAndAFilterThatMakesNoSenseIsRefusedInTheList() {
        TestPerson person = people.aPerson();
        List.of("reef_one", "shore").forEach(name -> person.post("/api/x-accounts", Map.of("username", name)));
        person.patch("/api/x-accounts/" + person.get("/api/x-accounts").json().at("/x_accounts").valueStream()
                .filter(account -> account.at("/username").asString().equals("shore")).findFirst().orElseThrow().at("/id").asString(), Map.of("is_active", false));
        assertThat(person.browser().get("/accounts?q=paused").body()).contains(">@shore<").doesNotContain(">@reef_one<");
        assertThat(person.browser().get("/accounts?q=one+%40reef+waiting").body()).contains(">@reef_one<").doesNotContain(">@shore<");
        assertThat(List.of("only=none", "sort=none", "q=a%00b")).allSatisfy(query -> {
            TestAnswer refused = person.browser().get("/accounts?" + query);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.body()).containsPattern("“none” is not one of the choices|The (order|search) ").contains("The list is shown without this filter.", ">@shore<", ">@reef_one<");
        });
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
