package social.coral.web.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.sandbox.Sandbox;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

@CoralTest
class DashboardPageTest {

    @Autowired private People people;
    @Autowired private Sandbox sandbox;
    @Autowired private ApiKeys keys;

    @Test
    void aKeyThatNobodyCheckedNeedsThePerson() {
        TestPerson person = people.aPerson();
        person.patch("/api/user/profile", Map.of("setup_completed", true));
        person.post("/api/x-accounts", Map.of("username", "somebody"));
        person.post("/api/user/api-keys", Map.of("service_name", "twitter_bearer", "api_key", sandbox.issueToken()));
        assertThat(person.browser().get("/dashboard").body()).contains("has not been checked yet").doesNotContain("is missing");
        person.tenant().run(() -> keys.mark(keys.open(ServiceName.TWITTER_BEARER).orElseThrow(), ApiKey.State.UNCHECKED, "X could not be reached."));
        assertThat(person.browser().get("/dashboard").body()).contains("The sandbox key could not be checked", "X could not be reached.").doesNotContain("not been checked yet");
        person.browser().form("/settings/keys/twitter_bearer/check", Map.of());
        assertThat(person.browser().get("/dashboard").body()).contains("Nothing needs your attention");
    }

    @Test
    void whatCollectingLacksIsToldInTheSameWordsWithTheSameRemedyOnEveryPage() {
        TestPerson person = people.aPerson();
        lacks(person, "X bearer token is missing", "href=\"/settings/keys/twitter_bearer\"");
        lacks(person, "You are not listening to any account yet", "href=\"/accounts/add\"");
        person.browser().form("/setup/sandbox", Map.of());
        String id = person.post("/api/x-accounts", Map.of("username", sandbox.exampleHandles().getFirst())).text("/x_account/id");
        assertThat(person.browser().get("/setup?step=review").body()).contains("Finish and collect the first posts");
        person.browser().form("/accounts/" + id + "/pause", Map.of());
        lacks(person, "All your accounts are paused", "href=\"/accounts?only=off\"");
        assertThat(person.browser().form("/setup/finish", Map.of()).header("Location")).isEqualTo("/dashboard");
        person.browser().form("/accounts/" + id + "/resume", Map.of());
        person.tenant().run(() -> keys.mark(keys.open(ServiceName.TWITTER_BEARER).orElseThrow(), ApiKey.State.REFUSED, "It is not accepted."));
        lacks(person, "The sandbox’s key stopped working", "href=\"/settings/keys\"");
        assertThat(person.browser().form("/setup/finish", Map.of()).header("Location")).as("a run would fail").isEqualTo("/dashboard");
        assertThat(person.browser().get("/dashboard").body()).contains("1 thing needs your attention");
        person.delete("/api/user/api-keys/twitter_bearer");
        lacks(person, "X bearer token is missing", "href=\"/settings/keys/twitter_bearer\"");
    }

    @Test
    void whatGoesOutInTheNextSevenDaysIsListedByItsTimeAndNothingLater() {
        TestPerson person = people.aPerson();
        Instant now = Instant.now();
        schedule(person, "tweets", Map.of("content", "Ebb at dawn"), now.plus(Duration.ofDays(2)));
        schedule(person, "threads", Map.of("parts", List.of(Map.of("content", "Flood at noon"))), now.plus(Duration.ofDays(1)));
        schedule(person, "blogs", Map.of("title", "Why tides turn", "content", "Because of the moon"), now.plus(Duration.ofDays(8)));
        assertThat(person.browser().get("/dashboard").body()).containsSubsequence("The next seven days", "Flood at noon", "Ebb at dawn").doesNotContain("Why tides turn");
    }

    private static void schedule(TestPerson person, String kind, Map<String, ?> text, Instant at) {
        String id = person.post("/api/" + kind, text).text("/" + kind.substring(0, kind.length() - 1) + "/id");
        TestAnswer answer = person.patch("/api/" + kind + "/" + id, Map.of("status", "scheduled", "scheduled_for", at.toString()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private void order(String fault) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(sandbox.address().resolve("/sandbox/faults")).POST(HttpRequest.BodyPublishers.ofString(fault)).build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(201);
        }
    }

    private static void lacks(TestPerson person, String title, String remedy) {
        for (String page : List.of("/dashboard", "/agents", "/accounts", "/setup?step=review")) {
            String body = person.browser().get(page).body();
            assertThat(body).as(page).contains(title).doesNotContain("Collect now", "collect the first posts", "Nothing needs your attention");
            assertThat(body).as(page).contains(page.startsWith("/setup") && !remedy.contains("only") ? "href=\"/setup?step=" : remedy);
        }
    }

    @Test
    void aPlanThatCoversNoCallIsToldOnceWithTheNextStepOnEveryPage() throws Exception {
        TestPerson person = people.aPerson();
        String handle = sandbox.exampleHandles().getFirst();
        person.patch("/api/user/profile", Map.of("setup_completed", true));
        person.browser().form("/setup/sandbox", Map.of());
        person.post("/api/x-accounts", Map.of("username", handle));
        order("{\"kind\":\"402\",\"handle\":\"" + handle + "\"}");
        String run = person.post("/api/agents/tweet-scraping/run", Map.of()).text("/run/id");
        await().atMost(Duration.ofSeconds(30)).until(() -> person.get("/api/runs/" + run).text("/run/status").equals("waiting"));
        for (String page : List.of("/dashboard", "/accounts", "/agents", "/runs/" + run)) {
            assertThat(person.browser().get(page).body()).as(page).contains("No credits are left", "Try now", "<time").doesNotContain("Collect now");
        }
        assertThat(person.browser().get("/settings/keys").body()).contains(">Paused<", "No credits are left").doesNotContain(">Refused<");
        String dashboard = person.browser().get("/dashboard").body();
        assertThat(dashboard).contains("Spent this month, of $");
        assertThat(dashboard.substring(0, dashboard.indexOf("Recent activity"))).containsOnlyOnce("No credits are left").contains("1 thing needs your attention");
        assertThat(person.post("/api/agents/tweet-scraping/run", Map.of()).text("/run/id")).as("it is woken").isEqualTo(run);
        await().atMost(Duration.ofSeconds(30)).until(() -> person.get("/api/runs/" + run).text("/run/status").equals("succeeded"));
        assertThat(person.browser().get("/settings/keys").body()).doesNotContain(">Paused<");
    }

    @Test
    void aPostThatNeedsApprovalIsApprovedWhereTheDashboardLeads() {
        TestPerson person = people.aPerson();
        String id = person.post("/api/tweets", Map.of("content", "Low tide")).text("/tweet/id");
        String page = "/tweets/mine/" + id;
        person.browser().form(page + "/status", Map.of("status", "in_review"));
        assertThat(person.browser().get("/dashboard").body()).contains("A post needs your approval", "tone-info\">In review<", "href=\"" + page + "\"");
        String shown = person.browser().get(page).body();
        assertThat(shown).contains("tone-info\">In review<", "value=\"approved\"", "value=\"draft\"");
        String seen = shown.replaceAll("(?s).*name=\"seen\" value=\"([^\"]+)\".*", "$1");
        person.patch("/api/tweets/" + id, Map.of("content", "High tide"));
        assertThat(person.browser().form(page + "/status", Map.of("status", "approved", "seen", seen)).header("Location")).isEqualTo(page);
        assertThat(person.get("/api/tweets/" + id).text("/tweet/status")).as("nobody has read the new words").isEqualTo("in_review");
        person.browser().form(page + "/status", Map.of("status", "approved"));
        assertThat(person.get("/api/tweets/" + id).text("/tweet/status")).isEqualTo("approved");
        assertThat(person.browser().get("/dashboard").body()).doesNotContain("needs your approval");
        person.browser().form(page + "/status", Map.of("status", "draft"));
        assertThat(person.get("/api/tweets/" + id).text("/tweet/status")).isEqualTo("draft");
    }

    @Test
    void textsInReviewAreListedAndApprovedAtOnceWhereAllOfThemIsShown() {
        TestPerson person = people.aPerson();
        String thread = person.post("/api/threads", Map.of("parts", List.of(Map.of("content", "Low tide"), Map.of("content", "High tide")))).text("/thread/id");
        String blog = person.post("/api/blogs", Map.of("title", "Tides", "content", "Low **tide**")).text("/blog/id");
        person.patch("/api/threads/" + thread, Map.of("status", "in_review"));
        person.patch("/api/blogs/" + blog, Map.of("status", "in_review"));
        String body = person.browser().get("/dashboard").body();
        assertThat(body).contains("A thread needs your approval", "High tide", "action=\"/threads/" + thread + "/status\"",
                "A blog post needs your approval: Tides", "href=\"/blogs/" + blog + "\"", "href=\"/threads?status=in_review\"", "href=\"/blogs?status=in_review\"")
                .doesNotContain("action=\"/blogs/" + blog + "/status\"");
        String seen = body.replaceAll("(?s).*action=\"/threads/[^>]+>.*?name=\"seen\" value=\"([^\"]+)\".*", "$1");
        assertThat(person.browser().form("/threads/" + thread + "/status", Map.of("status", "approved", "seen", seen, "back", "/dashboard")).header("Location")).isEqualTo("/dashboard");
        assertThat(person.get("/api/threads/" + thread).text("/thread/status")).isEqualTo("approved");
        assertThat(person.browser().get("/dashboard").body()).doesNotContain("A thread needs your approval");
    }

    @Test
    void whoSkippedTheWizardIsToldWhatIsMissingAndTakenStepByStepToTheFirstPosts() {
        TestPerson person = people.aPerson();
        person.browser().form("/setup/finish", Map.of());
        assertThat(person.browser().get("/dashboard").body())
                .contains("No posts can be collected", "Use the sandbox", "href=\"/settings/keys/twitter_bearer\"", "href=\"/accounts/add\"", "href=\"/tweets/import\"")
                .doesNotContain("Collect now", "Finish setting up");
        assertThat(person.browser().form("/settings/keys/sandbox", Map.of("back", "/dashboard")).header("Location")).isEqualTo("/dashboard");
        assertThat(person.browser().get("/dashboard").body()).contains("href=\"/accounts/add\"").doesNotContain("Use the sandbox");
        person.browser().form("/accounts/add", Map.of("example", sandbox.exampleHandles().getFirst(), "handles", "", "priority", "50"));
        assertThat(person.browser().get("/accounts").body()).contains("Collect now", "/agents/tweet-scraping/schedule");
        person.put("/api/agents/tweet-scraping/schedule", Map.of("enabled", true, "every", "PT6H", "time_zone", "UTC"));
        assertThat(person.browser().get("/dashboard").body()).contains("Collect now", "Every 6 hours.", "Next run <time");
    }

    @Test
    void aFaultThatMayPassIsToldWithItsRunUntilTheAccountIsRead() throws Exception {
        TestPerson person = people.aPerson();
        String handle = sandbox.exampleHandles().get(1);
        person.patch("/api/user/profile", Map.of("setup_completed", true));
        person.browser().form("/setup/sandbox", Map.of());
        person.post("/api/x-accounts", Map.of("username", handle));
        order("{\"kind\":\"503\",\"handle\":\"" + handle + "\",\"times\":3}");
        String run = person.post("/api/agents/tweet-scraping/run", Map.of()).text("/run/id");
        await().atMost(Duration.ofSeconds(60)).until(() -> person.get("/api/runs/" + run).text("/run/status").equals("failed"));
        assertThat(person.browser().get("/dashboard").body()).as("what needs the person comes first").containsSubsequence("Collect posts failed", "Collect now");
        assertThat(person.browser().get("/dashboard").body()).contains("Collect posts failed", "1 thing needs your attention").doesNotContain("@" + handle + " could not be read");
        assertThat(person.browser().get("/accounts").body()).contains("Last attempt <time").doesNotContain(">Failing<");
        String again = person.post("/api/agents/tweet-scraping/run", Map.of()).text("/run/id");
        await().atMost(Duration.ofSeconds(60)).until(() -> person.get("/api/runs/" + again).text("/run/status").equals("succeeded"));
        assertThat(person.browser().get("/dashboard").body()).contains("Nothing needs your attention");
    }

    @Test
    void anAccountThatNobodyHasIsToldOnceAndCountedAsLongAsItIsVisited() {
        TestPerson person = people.aPerson();
        String known = sandbox.exampleHandles().getFirst();
        person.patch("/api/user/profile", Map.of("setup_completed", true));
        person.browser().form("/setup/sandbox", Map.of());
        person.post("/api/x-accounts", Map.of("username", known));
        String missing = person.post("/api/x-accounts", Map.of("username", "nobody_has_it")).text("/x_account/id");
        assertThat(person.browser().get("/dashboard").body()).contains("Active accounts</span><span class=\"big num\">2<");

        String run = "/api/runs/" + person.api().post("/api/agents/tweet-scraping/run").text("/run/id");
        await().atMost(Duration.ofSeconds(60)).until(() -> person.get(run).text("/run/status").equals("succeeded"));
        assertThat(person.browser().get(run.substring(4)).body())
                .contains("Partly completed", "Collected 100 new posts from 1 account; 1 of 2 accounts could not be read", "tone-bad\">Not found<")
                .doesNotContain("Retry failed steps");
        assertThat(person.browser().get("/logs?level=warning").body()).contains("1 of 2 accounts could not be read", ">Collect posts</td>");

        assertThat(person.browser().get("/dashboard").body())
                .contains("Active accounts</span><span class=\"big num\">2<", "@nobody_has_it could not be read", "1 thing needs your attention");
        assertThat(person.browser().get("/accounts?only=on").body()).contains("@" + known, "@nobody_has_it");
        assertThat(person.browser().get("/accounts").body()).contains("Check the spelling, or remove it.")
                .containsOnlyOnce("Last attempt <time").containsOnlyOnce(">never<");
        assertThat(person.get("/api/x-accounts/" + missing).text("/x_account/last_visited_at")).isNotEmpty();
        assertThat(person.get("/api/x-accounts/" + missing).text("/x_account/last_collected_at")).isEmpty();

        assertThat(person.browser().form("/accounts/" + missing + "/remove", Map.of()).body()).contains("Remove @nobody_has_it?");
        person.browser().form("/accounts/selected/remove", Map.of("id", missing, "confirmed", "true"));
        assertThat(person.browser().get("/dashboard").body()).contains("Nothing needs your attention");
    }
}
