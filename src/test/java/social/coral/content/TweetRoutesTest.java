package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;

@CoralTest
class TweetRoutesTest {

    private static final String TOMORROW = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();

    @Autowired
    People people;

    private TestPerson person;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
    }

    @Test
    void aPostThatIsSentBackAsItIsWasNotChanged() {
        TestAnswer written = person.post("/api/tweets", Map.of("content", "As it is"));
        String id = written.text("/tweet/id");
        for (Map<String, Object> nothing : List.<Map<String, Object>>of(Map.of(), Map.of("content", "As it is"))) {
            TestAnswer same = person.patch("/api/tweets/" + id, nothing);
            assertThat(same.status()).isEqualTo(200);
            assertThat(same.json()).isEqualTo(written.json());
        }
        assertThat(person.get("/api/user/audit?action=post.changed").json().get("audit")).isEmpty();
    }

    @Test
    void aFieldThatComesTwiceIsRefused() {
        TestAnswer twice = person.api().send("POST", "/api/tweets", BodyPublishers.ofString("{\"content\": \"one\", \"content\": \"two\"}"), "application/json");
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.text("/errors/0/field")).isEqualTo("content");
        assertThat(person.get("/api/tweets").json().get("tweets")).isEmpty();
    }

    @Test
    void aDraftIsWrittenListedChangedAndDeleted() {
        TestAnswer written = person.post("/api/tweets", Map.of("content", "Low tide at noon", "status", "draft"));
        assertThat(written.status()).isEqualTo(201);
        assertThat(written.text("/tweet/status")).isEqualTo("draft");
        assertThat(written.text("/tweet/user_id")).isEqualTo(person.id().toString());
        String path = path(written);

        assertThat(person.patch(path, Map.of("content", "High tide at noon")).text("/tweet/content")).isEqualTo("High tide at noon");
        person.post("/api/tweets", Map.of("content", "Newer"));
        assertThat(contents("/api/tweets")).containsExactly("Newer", "High tide at noon");
        assertThat(contents("/api/tweets?limit=1&offset=1")).containsExactly("High tide at noon");
        assertThat(contents("/api/tweets?status=approved")).isEmpty();

        assertThat(person.delete(path).status()).isEqualTo(204);
        assertThat(person.get(path).status()).isEqualTo(404);
    }

    @Test
    void aPostGoesThroughReviewToTheCalendarAndBack() {
        String path = path(person.post("/api/tweets", Map.of("content", "Words")));
        assertThat(moved(path, "in_review")).isEqualTo(200);
        assertThat(moved(path, "approved")).isEqualTo(200);
        TestAnswer withoutTime = person.patch(path, Map.of("status", "scheduled"));
        assertThat(withoutTime.status()).isEqualTo(400);
        assertThat(withoutTime.text("/errors/0/field")).isEqualTo("scheduled_for");

        TestAnswer scheduled = person.patch(path, Map.of("status", "scheduled", "scheduled_for", TOMORROW, "time_zone", "Europe/Berlin"));
        assertThat(scheduled.text("/tweet/status")).isEqualTo("scheduled");
        assertThat(scheduled.text("/tweet/scheduled_for")).isEqualTo(TOMORROW);
        assertThat(scheduled.text("/tweet/time_zone")).isEqualTo("Europe/Berlin");
        TestAnswer cleared = person.patch(path, "{\"scheduled_for\": null}");
        assertThat(cleared.status()).isEqualTo(400);
        assertThat(person.patch(path, "{\"scheduled_for\": null, \"status\": \"approved\"}").json().at("/tweet/scheduled_for").isNull()).isTrue();
    }

    @Test
    void aStepThatIsNotAllowedIsNamed() {
        String path = path(person.post("/api/tweets", Map.of("content", "Words")));
        for (String forbidden : List.of("approved", "publishing", "published", "failed")) {
            TestAnswer refused = person.patch(path, Map.of("status", forbidden));
            assertThat(refused.status()).as(forbidden).isEqualTo(409);
            assertThat(refused.text("/error_code")).isEqualTo("illegal_transition");
            assertThat(refused.text("/from")).isEqualTo("draft");
            assertThat(refused.text("/to")).isEqualTo(forbidden);
            assertThat(refused.text("/errors/0/field")).isEqualTo("status");
        }
        assertThat(person.patch(path, Map.of("status", "published")).text("/error")).isEqualTo("A draft cannot be published yet; it can be sent to review or be scheduled.");
        assertThat(person.patch(path, Map.of("status", "approve")).status()).isEqualTo(400);
        assertThat(person.get(path).text("/tweet/status")).isEqualTo("draft");
    }

    @Test
    void aPersonSchedulesTheirOwnDraftAtOnceAndThatIsTheApproval() {
        String path = path(person.post("/api/tweets", Map.of("content", "Words")));
        TestAnswer scheduled = person.patch(path, Map.of("status", "scheduled", "scheduled_for", TOMORROW));
        assertThat(scheduled.text("/tweet/status")).isEqualTo("scheduled");
        assertThat(person.patch(path, Map.of("content", "Other words")).text("/tweet/status")).isEqualTo("draft");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "\u200b", "\u2060\u00a0\u00ad"})
    void aDraftThatShowsNothingIsEmpty(String content) {
        TestAnswer refused = person.post("/api/tweets", Map.of("content", content));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/message")).isEqualTo("Write something first.");
    }

    @Test
    void newWordsForWhatWasApprovedAreADraftAgain() {
        String path = path(person.post("/api/tweets", Map.of("content", "Words")));
        moved(path, "in_review");
        moved(path, "approved");
        assertThat(person.patch(path, Map.of("content", "Words")).text("/tweet/status")).isEqualTo("approved");
        assertThat(person.patch(path, Map.of("content", "Other words")).text("/tweet/status")).isEqualTo("draft");
        assertThat(person.patch(path, Map.of("content", "Unseen words", "status", "approved")).status()).isEqualTo(409);
        assertThat(person.get(path).text("/tweet/content")).isEqualTo("Other words");
    }

    @Test
    void aTimeWithoutAZoneIsInThePersonsOwn() {
        person.patch("/api/user/profile", Map.of("time_zone", "Asia/Kolkata"));
        TestAnswer written = person.post("/api/tweets", Map.of("content", "Words", "scheduled_for", TOMORROW));
        assertThat(written.text("/tweet/time_zone")).isEqualTo("Asia/Kolkata");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"content\": \"\"}", "{\"content\": \" \\n\\t\"}", "{}", "{\"content\": null}", "{\"content\": 5}", "{\"content\": \"a\\u0000b\"}",
        "{\"content\": \"a\\uFFFEb\"}", "{\"content\": \"a\\uFEFFb\"}", "{\"content\": \"a\\uD800b\"}"})
    void whatIsNoPostIsRefusedByName(String body) {
        TestAnswer refused = person.post("/api/tweets", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo("content");
    }

    @Test
    void aDraftMayBeLongerThanAPostAndThenStaysADraft() {
        TestAnswer draft = person.post("/api/tweets", Map.of("content", "海".repeat(141)));
        assertThat(draft.status()).isEqualTo(201);
        TestAnswer tooLong = person.patch(path(draft), Map.of("status", "in_review"));
        assertThat(tooLong.status()).isEqualTo(400);
        assertThat(tooLong.text("/errors/0/field")).isEqualTo("content");
        assertThat(tooLong.text("/errors/0/message")).contains("282", "280");
        assertThat(person.patch(path(draft), Map.of("content", "海".repeat(140), "status", "in_review")).status()).isEqualTo(200);
        assertThat(person.patch(path(draft), Map.of("content", "海".repeat(141))).status()).isEqualTo(400);
        String linked = "https://example.org/" + "x".repeat(400) + " " + "y".repeat(256);
        assertThat(person.patch(path(draft), Map.of("content", linked)).status()).isEqualTo(200);
        assertThat(person.post("/api/tweets", Map.of("content", "y".repeat(30_001))).status()).isEqualTo(400);
    }

    @Test
    void anAccountWithXPremiumPublishesLongPostsAndNobodyElseDoes() {
        String most = "海".repeat(12_500);
        TestPerson other = people.aPerson();
        assertThat(person.patch("/api/user/profile", Map.of("long_posts", true)).json().at("/profile/long_posts").asBoolean()).isTrue();
        String path = path(person.post("/api/tweets", Map.of("content", most)));
        assertThat(person.patch(path, Map.of("status", "scheduled", "scheduled_for", TOMORROW)).status()).isEqualTo(200);
        TestAnswer tooLong = person.patch(path(person.post("/api/tweets", Map.of("content", most + "x"))), Map.of("status", "in_review"));
        assertThat(tooLong.text("/errors/0/message")).isEqualTo("1 character too long to publish: it has 25,001 as X counts, and 25,000 are allowed. It can stay a draft.");

        TestAnswer anothers = other.patch(path(other.post("/api/tweets", Map.of("content", "x".repeat(281)))), Map.of("status", "in_review"));
        assertThat(anothers.status()).isEqualTo(400);
        assertThat(anothers.text("/errors/0/message")).contains("280 are allowed", "If your account has X Premium, allow 25,000");
        assertThat(other.get("/api/user/profile").json().at("/profile/long_posts").asBoolean()).isFalse();
    }

    @Test
    void longPostsAreNotSwitchedOffWhileSomeArePlanned() {
        person.patch("/api/user/profile", Map.of("long_posts", true));
        String path = path(person.post("/api/tweets", Map.of("content", "Long reef " + "x".repeat(300))));
        person.patch(path, Map.of("status", "scheduled", "scheduled_for", TOMORROW));
        TestAnswer refused = person.patch("/api/user/profile", Map.of("long_posts", false, "company_name", "Reef"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/error_code")).isEqualTo("long_posts_planned");
        assertThat(refused.text("/error")).startsWith("One text is approved or scheduled and longer than 280 characters. Withdraw or shorten first: the post “Long reef xxx");
        assertThat(refused.text("/texts/0")).isEqualTo("tweet " + path.substring(path.lastIndexOf('/') + 1));
        assertThat(person.get("/api/user/profile").json().at("/profile/company_name").isNull()).as("nothing is half written").isTrue();

        TestAnswer page = person.browser().form("/settings/profile", Map.of("full_name", "Ada", "company_name", "", "time_zone", "UTC"));
        assertThat(page.status()).isEqualTo(422);
        assertThat(page.body()).contains("Withdraw or shorten the texts below first.", "1 text is", path.replace("/api/tweets", "/tweets/mine"));

        String waiting = path(person.post("/api/tweets", Map.of("content", "y".repeat(300))));
        moved(waiting, "in_review");
        moved(path, "draft");
        assertThat(person.browser().form("/settings/profile", Map.of("full_name", "Ada", "company_name", "", "time_zone", "UTC")).status()).isEqualTo(303);
        assertThat(moved(path, "in_review")).isEqualTo(400);
        assertThat(moved(waiting, "approved")).as("what was in review is no longer approved").isEqualTo(400);
        assertThat(person.browser().get("/tweets/mine").body()).contains("Too long to publish");
        assertThat(person.browser().form("/settings/profile", Map.of("full_name", "Ada", "company_name", "", "time_zone", "UTC", "long_posts", "true")).status()).isEqualTo(303);
        assertThat(person.browser().get("/settings").body()).contains("X Premium", "checked");
        assertThat(moved(waiting, "approved")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"scheduled_for\": \"tomorrow\"}", "{\"scheduled_for\": \"2020-01-01T00:00:00Z\"}", "{\"scheduled_for\": \"2999-01-01T00:00:00Z\"}",
        "{\"scheduled_for\": \"2027-01-01T09:00:00\"}", "{\"scheduled_for\": 1893456000}", "{\"scheduled_for\": \"+999999999-12-31T23:59:59Z\"}",
        "{\"time_zone\": \"Mars/Olympus\"}", "{\"time_zone\": 5}", "{\"status\": 1}", "{\"id\": \"x\"}", "{\"user_id\": \"x\"}", "{\"created_at\": \"x\"}"})
    void aChangeThatCannotBeMadeIsRefusedByName(String body) {
        String path = path(person.post("/api/tweets", Map.of("content", "Words")));
        TestAnswer refused = person.patch(path, body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo(body.split("\"")[1]);
        assertThat(person.post("/api/tweets", body.replace("{", "{\"content\": \"Words\", ")).status()).isEqualTo(400);
    }

    @Test
    void aNewPostIsADraft() {
        TestAnswer refused = person.post("/api/tweets", Map.of("content", "Words", "status", "published"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo("status");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=1e9", "offset=-1", "status=gone"})
    void aListOutOfBoundsIsRefusedByName(String query) {
        TestAnswer refused = person.get("/api/tweets?" + query);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo(query.split("=")[0]);
    }

    @Test
    void anotherTenantsPostAnswersAsOneThatDoesNotExist() {
        String path = path(person.post("/api/tweets", Map.of("content", "Mine")));
        TestPerson stranger = people.aPerson();
        String nothing = "/api/tweets/" + UUID.randomUUID();
        assertThat(List.of(stranger.get(path), stranger.patch(path, Map.of("content", "Taken")), stranger.delete(path)))
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(404);
                    assertThat(answer.body().replace(path, nothing)).isEqualTo(stranger.get(nothing).body());
                });
        assertThat(stranger.get("/api/tweets").json().at("/tweets")).isEmpty();
        assertThat(person.get(path).text("/tweet/content")).isEqualTo("Mine");
    }

    private int moved(String path, String status) {
        return person.patch(path, Map.of("status", status)).status();
    }

    private static String path(TestAnswer written) {
        return "/api/tweets/" + written.text("/tweet/id");
    }

    private List<String> contents(String path) {
        return person.get(path).json().at("/tweets").valueStream().map(tweet -> tweet.at("/content").asString()).toList();
    }
}
