package social.coral.web.knowledge;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
import social.coral.content.Finding;
import social.coral.content.Findings;
import social.coral.tenancy.Columns;
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
    @Autowired private Findings findings;

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
            assertThat(post(page, "Central banks").innerText()).contains("@bank_watch", "Imported", "Found by meaning").doesNotContain("Score");
            assertThat(page.locator(".post").first().innerText()).contains("Best match");
            assertThat(page.locator(".post").nth(1).innerText()).doesNotContain("Best match");
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
            page.waitForURL(Pattern.compile(".*q=The\\+quiet\\+lender\\+raised\\+again-\\+its.*author=%40bank_watch.*"));
            assertThat(page.locator(".post").allInnerTexts()).singleElement().asString().contains("Central banks", "Found by");
            page.goBack();

            post(page, "half a point").getByText("Forget").click();
            page.locator("#dialog").getByText("Forget this post?").waitFor();
            assertThat(page.locator("#dialog").innerText()).contains("half a point", "permanently removed from Coral Social", "Importing the same file again adds it again.").doesNotContain("Collecting from");
            page.locator("#dialog .btn-danger").click();
            page.locator("#toasts").getByText("Post forgotten.").waitFor();
            assertThat(page.url()).as("the same search").contains("/knowledge?q=interest");
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
            post(page, "The dome").first().waitFor();
            assertThat(page.locator("#list").innerText()).contains("1 similar post hidden");
            page.getByText("1 similar post hidden").click();
            page.waitForURL("**each=yes");
            assertThat(page.locator(".post").allInnerTexts().stream().filter(text -> text.contains("The dome"))).hasSize(2);
            page.goBack();
            post(page, "The dome").getByText("Forget").click();
            page.getByText("Forget all posts by @sky instead").click();
            page.getByText("Forget all posts by @sky?").waitFor();
            assertThat(page.locator("form[action$='/sky/forget']").innerText())
                    .contains("4 posts by @sky, 1 collected and 3 imported, will be permanently removed", "The next collection may bring back a post that is still on X.", "under Accounts first", "adds them again");
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
    void blogPostsAndResearchAreFoundUntilTheyAreGone() {
        String blog = person.post("/api/blogs", Map.of("title", "Reef tourism", "content", "Divers pay for guides.")).text("/blog/id");
        UUID topic = person.tenant().call(() -> {
            UUID id = door.sql("insert into public.insights (topic, reason, score) values ('tourism', '3 posts', 2) returning id").one(Columns::id);
            findings.store(id, new Finding("What is new?", "Submarines carry visitors [1].", "sonar", Instant.now(), Instant.now().plusSeconds(900), List.of()));
            return id;
        });
        assertThat(shown("q=guides").body()).contains("href=\"/blogs/" + blog + "\"", "Your blog post", "Search 5 posts and 2 other texts").doesNotContain("/knowledge/" + blog + "/forget");
        assertThat(shown("q=submarines&kind=insight").body()).contains("href=\"/insights/" + topic + "\"", "Research");
        assertThat(person.get("/api/search?q=guides&kind=blog").text("/results/0/id")).isEqualTo(blog);

        person.patch("/api/blogs/" + blog, Map.of("content", "Snorkels are for rent."));
        assertThat(shown("q=snorkels").body()).contains("/blogs/" + blog);
        assertThat(shown("q=guides&kind=blog").body()).doesNotContain("/blogs/" + blog);
        person.delete("/api/blogs/" + blog);
        assertThat(shown("q=snorkels&kind=blog").body()).doesNotContain("/blogs/" + blog);
    }

    @Test
    void daysAreThoseOfThePersonsZone() {
        assertThat(shown("q=borrowing&from=2026-01-03&to=2026-01-03").body()).contains("1 match<");
        assertThat(shown("q=borrowing&to=2026-01-02").body()).contains("No posts up to 2 Jan 2026 match “<bdi>borrowing</bdi>”.", "Search all dates");
    }

    @Test
    void whatCannotBeSearchedForIsNamedAndTheRestIsSearched() {
        assertThat(refused("q=borrowing&author=two+words")).contains("Enter the author as a handle", "Central banks make", "The search ran without this filter.");
        assertThat(refused("q=borrowing&from=yesterday")).contains("Enter the day like 2026-01-31.", "Central banks make");
        assertThat(refused("q=borrowing&from=2026-01-05&to=2026-01-01")).contains("“To” is before “From”, so both dates were ignored.", "Central banks make").doesNotContain("The search ran without");
        assertThat(refused("q=" + "a".repeat(501))).contains("Searches are limited to 500 characters; yours has 501.", "What do you want to know?");
        assertThat(refused("q=borrowing&author=two+words&from=yesterday")).contains("The search ran without these filters.");
        assertThat(refused("q=-reef")).contains("Add a word to search for. A minus only leaves posts out.", "value=\"-reef\"");
        assertThat(refused("q=borrowing&kind=song")).contains("Choose one of the kinds.");
        assertThat(refused("q=%00")).contains("The search has a character that no text has.");
    }

    @Test
    void aFilterThatLeavesNothingIsNamedAndTheWordsAreKeptWithoutIt() {
        assertThat(shown("q=borrowing&author=@nobody_here&from=2026-01-01&to=2026-01-01").body())
                .contains("No posts by @nobody_here of 1 Jan 2026 match “<bdi>borrowing</bdi>”.", "href=\"/knowledge?q=borrowing&amp;from=2026-01-01&amp;to=2026-01-01\">Search all authors",
                        "href=\"/knowledge?q=borrowing&amp;author=%40nobody_here\">Search all dates", "href=\"/knowledge?q=borrowing\"", "Clear filters");
        assertThat(shown("author=sky").body()).contains("Type something to search posts by @sky.");
        assertThat(shown("from=2026-01-01&to=2026-01-03").body()).contains("Type something to search posts from 1 Jan 2026 to 3 Jan 2026.");
    }

    @Test
    void moreLikeThisLeavesOutThePostAndWhatSaysTheSame() {
        TestAnswer dome = person.get("/api/search?q=dome");
        String id = dome.text("/results/0/id");
        String question = URLEncoder.encode(dome.text("/results/0/text"), StandardCharsets.UTF_8);
        assertThat(shown("q=" + question).body()).contains(id + "/forget", "1 similar post hidden");
        assertThat(shown("like=" + id + "&q=" + question).body()).doesNotContain(id + "/forget", "similar post hidden");
        assertThat(shown("author=sky&like=" + id + "&q=" + question + "&to=2026-01-06").body()).contains("There are no other posts by @sky up to 6 Jan 2026 like this one.");
        assertThat(shown("like=" + id + "&q=dome").body()).as("another question").contains(id + "/forget");
        assertThat(refused("q=dome&like=nonsense")).contains("There is no such post.");
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
                .contains("Built-in model (free)", "The built-in model has indexed all your posts.", "OpenAI text-embedding-3-small, with your key, less than a cent to index your current posts");
        TestAnswer refused = person.browser().form("/knowledge/settings", Map.of("embeddings", "text-embedding-3-large"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("needs your OpenAI API key. Enter it under Settings, Keys.");
        assertThat(person.browser().form("/knowledge/settings", Map.of("embeddings", "built-in")).status()).isEqualTo(303);
    }

    private static Locator post(Page page, String text) {
        return page.locator(".post", new Page.LocatorOptions().setHasText(text));
    }
}
