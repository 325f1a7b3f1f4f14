package social.coral.web.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.networks.SigningX;
import social.coral.web.Browser;

/** The four keys that sign requests for X together. */
@BrowserTest
@DirtiesContext
class PublishingKeysTest {

    private static final String API_SECRET = "the/right+app-secret";
    private static final String TOKEN_SECRET = "the-right=token-secret";
    private static final SigningX X = new SigningX(API_SECRET, TOKEN_SECRET);
    private static final Map<String, String> ALL = Map.of("twitter_api_key", "an-api-key-of-x", "twitter_api_secret", API_SECRET,
            "twitter_access_token", "12345-access-token", "twitter_access_token_secret", TOKEN_SECRET);

    @Autowired private Environment environment;
    @Autowired private People people;

    @DynamicPropertySource
    static void thatNetworkIsX(DynamicPropertyRegistry registry) {
        X.becomeX(registry);
    }

    @AfterAll
    static void close() {
        X.close();
    }

    @Test
    void theyAreEnteredNamedWhereOneIsMissingTestedTogetherAndReplacedSingly() {
        TestPerson person = people.aPerson();
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/settings/keys");
            link(page, "Enter the X keys of your account").click();
            page.locator("#twitter_api_key").fill("an-api-key-of-x");
            page.locator("#twitter_access_token").fill("67890-browser-token");
            page.locator("#twitter_access_token_secret").fill(TOKEN_SECRET);
            confirm(page, "Saved. Missing: X API secret. They work only together.");
            assertThat(group(page).innerText()).contains("Incomplete", "Missing: X API secret.").doesNotContain("Test");
            assertThat(X.asked()).noneMatch(request -> request.contains("67890-browser-token"));

            link(page, "Change the X keys of your account").click();
            page.locator("#twitter_api_secret").fill("a-wrong-app-secret");
            confirm(page, "The X keys of your account are saved but do not work. X could not verify the signature");
            assertThat(page.locator("tbody.member").allInnerTexts()).hasSize(4).allMatch(row -> row.contains("Refused"));

            link(page, "Change the X keys of your account").click();
            page.locator("#twitter_api_secret").fill(API_SECRET);
            confirm(page, "X keys of your account accepted.");
            assertThat(page.locator("tbody.member").allInnerTexts()).hasSize(4).allMatch(row -> row.contains("Accepted"));
            assertThat(page.content()).doesNotContain(API_SECRET, TOKEN_SECRET, "67890-browser-token");

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Delete the X access token").setExact(true)).click();
            confirm(page, "X access token deleted.");
            assertThat(group(page).innerText()).contains("Incomplete", "Missing: X access token.");
            assertThat(page.locator("tbody.member").allInnerTexts()).noneMatch(row -> row.contains("Accepted"));

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Delete the X keys of your account").setExact(true)).click();
            confirm(page, "X keys of your account deleted.");
            assertThat(browser.complaints()).isEmpty();
        }
        assertThat(person.get("/api/user/api-keys").json().at("/apiKeys")).isEmpty();
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator group(Page page) {
        return page.locator("tbody").filter(new Locator.FilterOptions().setHasText("X needs all 4 together"));
    }

    /** Presses the one button of the dialog, and waits for the page that says the outcome. */
    private static void confirm(Page page, String outcome) {
        page.locator("#dialog button.act").click();
        page.locator(".toast-line").filter(new Locator.FilterOptions().setHasText(outcome)).waitFor();
    }

    @Test
    void whatIsWrongWithSeveralIsSaidBesideEachAndNothingIsStored() {
        TestPerson person = people.aPerson();
        TestAnswer answer = person.browser().form("/settings/keys/twitter_access_token", Map.of(
                "twitter_api_key", "an-api-key-of-x", "twitter_api_secret", "two words here", "twitter_access_token", "x".repeat(5_000)));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("twitter_api_secret-error", "twitter_access_token-error", "contains a space", "too long for a key",
                "twitter_api_key-error", "Not saved either. Enter it again.").doesNotContain("twitter_access_token_secret-error", "two words", "xxxx");
        assertThat(person.browser().form("/settings/keys/twitter_api_key", Map.of()).body()).contains("Enter a key in at least one of the fields.");
        assertThat(person.get("/api/user/api-keys").json().at("/apiKeys")).isEmpty();
    }

    @Test
    void theApiNamesTheMissingAndMarksAllWithOneVerdict() {
        TestPerson person = people.aPerson();
        TestPerson other = people.aPerson();
        assertThat(person.post("/api/user/api-keys/twitter_api_key/check", Map.of()).status()).isEqualTo(404);
        ALL.forEach((service, key) -> {
            if (!service.equals("twitter_api_secret")) {
                person.post("/api/user/api-keys", Map.of("service_name", service, "api_key", key));
            }
        });
        TestAnswer incomplete = person.post("/api/user/api-keys/twitter_access_token/check", Map.of());
        assertThat(incomplete.status()).isEqualTo(409);
        assertThat(incomplete.text("/error_code")).isEqualTo("incomplete_keys");
        assertThat(incomplete.json().at("/missing")).singleElement().satisfies(name -> assertThat(name.asString()).isEqualTo("twitter_api_secret"));

        person.post("/api/user/api-keys", Map.of("service_name", "twitter_api_secret", "api_key", API_SECRET));
        assertThat(other.post("/api/user/api-keys/twitter_access_token/check", Map.of()).status()).isEqualTo(404);
        assertThat(person.post("/api/user/api-keys/twitter_access_token/check", Map.of()).text("/apiKey/state")).isEqualTo("valid");
        assertThat(person.get("/api/user/api-keys").json().at("/apiKeys")).hasSize(4).allSatisfy(key -> assertThat(key.at("/state").asString()).isEqualTo("valid"));
        assertThat(other.browser().form("/settings/keys/twitter_api_key/remove", Map.of("all", "true", "confirmed", "true")).status()).isEqualTo(404);
        assertThat(person.browser().form("/settings/keys/twitter_api_key/remove", Map.of("all", "true")).body())
                .contains("Agents that need them stop").doesNotContain("No agent needs them yet.");
        assertThat(person.browser().form("/settings/keys/twitter_bearer/remove", Map.of()).body()).contains("Agents that need it stop until you enter another.");

        person.post("/api/user/api-keys", Map.of("service_name", "twitter_api_key", "api_key", "the-key-of-another-app"));
        assertThat(person.get("/api/user/api-keys").json().at("/apiKeys")).hasSize(4).allSatisfy(key -> assertThat(key.at("/state").asString()).isEqualTo("unchecked"));
    }

    @Test
    void theSetupAndTheDashboardTellOfThemOnce() {
        TestPerson person = people.aPerson();
        TestAnswer answer = person.browser().form("/setup/keys", Map.of("twitter_api_key", "an-api-key-of-x", "twitter_access_token", "12345-access-token"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).containsOnlyOnce("Missing: X API secret, X access token secret.");
        answer = person.browser().form("/setup/keys", Map.of("twitter_api_secret", "a-wrong-app-secret", "twitter_access_token_secret", TOKEN_SECRET));
        assertThat(answer.body()).containsOnlyOnce("Saved, but refused").containsOnlyOnce("X does not say which");
        assertThat(person.browser().get("/dashboard").body()).containsOnlyOnce("The X keys of your account stopped working");
        assertThat(person.browser().form("/setup/keys", Map.of("twitter_api_secret", API_SECRET)).header("Location")).isEqualTo("/setup?step=accounts");
        assertThat(person.browser().get("/dashboard").body()).doesNotContain("stopped working");
    }
}
