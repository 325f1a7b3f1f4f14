package social.coral.web.knowledge;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;
import social.coral.BrowserTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.tenancy.TenantDoor;
import social.coral.web.Browser;

@BrowserTest
@TestPropertySource(properties = "coral.test.embeddings=true")
class KnowledgePageTest {

    private static final String FILE = """
            id,text,author,created_at
            1700000000000000001,Central banks make borrowing more expensive.,bank_watch,2026-01-02T23:30:00Z
            1700000000000000002,"The ""quiet"" lender raised -again- its key rate by half a point.",bank_watch,2026-01-04T12:00:00Z
            1700000000000000003,The dome opens at eight tonight: bring a warm coat!,sky,2026-01-05T12:00:00Z
            1700000000000000004,The dome opens at eight tonight. Bring a warm coat.,sky,2026-01-06T12:00:00Z
            1700000000000000005,Mortgage rates climb and buyers wait.,sky,2026-01-07T12:00:00Z
            """;

    @Autowired private Environment environment;
    @Autowired private People people;
    @Autowired private TenantDoor door;

    private TestPerson person;

    @BeforeEach
    void somebodyWhosePostsAreFoundByMeaning() {
        person = people.aPerson();
        person.patch("/api/user/profile", Map.of("time_zone", "Europe/Berlin"));
        assertThat(person.api().send("POST", "/api/tweets/cache/import", BodyPublishers.ofString(FILE), "text/csv").status()).isEqualTo(200);
        await().atMost(ofMinutes(3)).untilAsserted(() -> person.tenant().run(() -> assertThat(vectors()).isEqualTo(5)));
    }

    private int vectors() {
        return door.sql("select count(*) from public.knowledge_vectors where user_id = :tenant").one(row -> row.getInt(1));
    }

    @Test
    void aPersonSearchesByMeaningNarrowsItLooksForMoreForgetsAPostAndFindsItNoMore() {
        try (Browser browser = Browser.open(environment).as(person)) {
            Page page = browser.go("/agents");
            page.keyboard().press("/");
            page.waitForURL("**/knowledge#search");
            page.waitForCondition(() -> "search".equals(page.evaluate("document.activeElement.id")));
            page.keyboard().type("interest rates go up");
            page.waitForURL(Pattern.compile(".*/knowledge\\?q=interest.+rates.+go.+up"));
            post(page, "Central banks").waitFor();
            assertThat(post(page, "Central banks").innerText()).contains("@bank_watch", "Imported", "Found by meaning", "Score ", " of 100");
            assertThat(post(page, "Mortgage rates").innerText()).contains("Found by words and meaning");
            assertThat(post(page, "Mortgage rates").locator("mark").allInnerTexts()).containsExactly("rates");
            assertThat(post(page, "Central banks").locator("header a.soft").first().getAttribute("href")).isEqualTo("https://x.com/bank_watch/status/1700000000000000001");
            assertThat(post(page, "Central banks").locator("time").getAttribute("title")).contains("Sat 3 Jan 2026, 00:30:00 (Europe/Berlin)");

            page.locator("[name=author]").fill("@bank_watch");
            page.locator("[name=author]").press("Enter");
            page.waitForURL(Pattern.compile(".*author=%40bank_watch"));
            post(page, "Mortgage rates").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
            assertThat(post(page, "Central banks").count()).isOne();

            post(page, "half a point").getByText("More like this").click();
            page.waitForURL(Pattern.compile(".*q=The\\+quiet\\+lender\\+raised\\+again-\\+its.*"));
            assertThat(page.locator(".post").first().innerText()).contains("half a point", "Found by words and meaning");

            post(page, "half a point").getByText("Forget").click();
            page.locator("#dialog").getByText("Forget this post?").waitFor();
            assertThat(page.locator("#dialog").innerText()).contains("half a point", "removed here for good", "Importing the same file again adds it again.").doesNotContain("Collecting from");
            page.locator("#dialog .btn-danger").click();
            page.locator("#toasts").getByText("Post forgotten.").waitFor();
            assertThat(page.url()).as("the same search").contains("/knowledge?q=The+quiet");
            assertThat(page.locator("#list").innerText()).doesNotContain("half a point");
            assertThat(page.locator(".page-head").innerText()).contains("Search 4 posts");
            assertThat(person.get("/api/tweets/cache?q=lender").json().get("tweets")).isEmpty();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allOfAnAuthorAreForgottenAfterAQuestionThatCountsThem(boolean scripts) {
        person.tenant().run(() -> door.sql("""
                insert into public.tweets_cache (network, tweet_id, author, content, source, created_at)
                values ('x', '1700000000000000009', 'sky', 'Clouds', 'collected', timestamptz '2026-01-08')
                """).update());
        try (Browser browser = Browser.open(environment, Browser.options().setJavaScriptEnabled(scripts)).as(person)) {
            Page page = browser.go("/knowledge");
            page.locator("#search").fill("dome tonight");
            page.locator("#search").press("Enter");
            page.waitForURL(Pattern.compile(".*/knowledge\\?q=dome.+tonight.*"));
            post(page, "The dome").waitFor();
            assertThat(page.locator("#list").innerText()).contains("and 1 more that says the same");
            post(page, "The dome").getByText("Forget").click();
            page.getByText("Forget all posts by @sky instead").click();
            page.getByText("Forget all posts by @sky?").waitFor();
            assertThat(page.locator("form[action$='/sky/forget']").innerText())
                    .contains("4 posts by @sky, 1 collected and 3 imported, are removed here for good", "Collecting from @sky may bring back a post", "under Accounts first", "adds them again");
            page.locator(".btn-danger").click();
            page.getByText("Forgot 4 posts by @sky.").first().waitFor();
            assertThat(page.url()).contains("/knowledge?q=dome");
            assertThat(page.locator("#list").innerText()).doesNotContain("The dome");
            assertThat(person.get("/api/tweets/cache").json().get("tweets")).hasSize(2);
            assertThat(person.get("/api/tweets/cache/imports").text("/imports/0/imported")).isEqualTo("2");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void daysAreThoseOfThePersonsZone() {
        assertThat(shown("q=borrowing&from=2026-01-03&to=2026-01-03").body()).contains("1 match<");
        assertThat(shown("q=borrowing&to=2026-01-02").body()).contains("No matches", "search without the other filters");
    }

    @Test
    void whatCannotBeSearchedForIsNamedAndTheRestIsSearched() {
        assertThat(refused("q=borrowing&author=two+words")).contains("Enter the author as a handle", "Central banks make", "The search ran without this filter.");
        assertThat(refused("q=borrowing&from=yesterday")).contains("Enter the day like 2026-01-31.", "Central banks make");
        assertThat(refused("q=borrowing&from=2026-01-05&to=2026-01-01")).contains("The last day is before the first.", "Central banks make");
        assertThat(refused("q=" + "a".repeat(501))).contains("A search can have 500 characters at most. This one has 501.", "What do you want to know?");
        assertThat(refused("q=%00")).contains("The search has a character that no text has.");
    }

    private TestAnswer shown(String query) {
        TestAnswer answer = person.browser().get("/knowledge?" + query);
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }

    private String refused(String query) {
        TestAnswer answer = person.browser().get("/knowledge?" + query);
        assertThat(answer.status()).as(query).isEqualTo(422);
        return answer.body();
    }

    @Test
    void whoSearchesTooOftenIsToldWhenToGoOnAndKeepsTheQuestion() {
        List<TestAnswer> answers = IntStream.range(0, 90).mapToObj(i -> person.browser().get("/knowledge?q=borrowing")).filter(answer -> answer.status() != 200).toList();
        assertThat(answers).isNotEmpty();
        assertThat(answers.getFirst().status()).isEqualTo(429);
        assertThat(answers.getFirst().header("Retry-After")).isNotNull();
        assertThat(answers.getFirst().body()).contains("You can search 60 times a minute. Try again in ", "value=\"borrowing\"").doesNotContain("No matches");
    }

    @Test
    void whoHasNothingYetIsToldWhatBringsIt() {
        String body = people.aPerson().browser().get("/knowledge").body();
        assertThat(body).contains("Nothing to search yet", "href=\"/accounts\"", "href=\"/tweets/import\"").doesNotContain("id=\"search\"");
        assertThat(people.aPerson().browser().get("/knowledge?q=tide").status()).isEqualTo(200);
        assertThat(person.browser().get("/knowledge/authors/nobody/forget").status()).isEqualTo(404);
    }

    @Test
    void whoChoosesAnotherModelIsToldWhatItCostsAndWhatItNeeds() {
        assertThat(person.browser().get("/knowledge").body()).contains("href=\"/knowledge/settings\"");
        assertThat(person.browser().get("/knowledge/settings").body())
                .contains("The built-in model has read all of your texts.", "OpenAI text-embedding-3-small, with your key, less than a cent");
        TestAnswer refused = person.browser().form("/knowledge/settings", Map.of("embeddings", "text-embedding-3-large"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("needs your OpenAI API key. Enter it under Settings, Keys.");
        assertThat(person.browser().form("/knowledge/settings", Map.of("embeddings", "built-in")).status()).isEqualTo(303);
    }

    private static Locator post(Page page, String text) {
        return page.locator(".post", new Page.LocatorOptions().setHasText(text));
    }
}
