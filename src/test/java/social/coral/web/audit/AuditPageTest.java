package social.coral.web.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.tenancy.AuditLog;
import social.coral.tenancy.TenantDoor;
import social.coral.web.frame.Times;

@CoralTest
class AuditPageTest {

    private static final Pattern ACTION = Pattern.compile("\"([a-z_]+\\.[a-z_]+)\"");
    /** What enters something, up to the end of its first argument. */
    private static final Pattern ENTRY = Pattern.compile("\\baudit\\(([^;]*?),[^,;]*\\);", Pattern.DOTALL);
    private static final Pattern ACTION_OF_DATABASE = Pattern.compile("(?m)^.*audit.*'(?!public\\.|tenancy\\.|auth\\.)([a-z_]+\\.[a-z_]+)'");

    private static final Pattern WHAT = Pattern.compile("<td class=\"whole\">(.*?)</td>", Pattern.DOTALL);

    @Autowired private People people;

    @Autowired private AuditWords words;

    @Autowired private TenantDoor door;

    @Test
    void aSignInThatFailedIsSeenByThePersonWhoseAddressItNamed() {
        TestPerson person = people.aPerson();
        people.aStranger().form("/auth/login", Map.of("email", person.email(), "password", "not the right one"));
        people.aStranger().form("/auth/login", Map.of("email", person.email(), "password", ""));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(person.browser().get("/settings/audit").body())
                .contains("Sign-in failed", "wrong password", "no password", "data-label=\"By\">Not signed in", "127.0.0.1"));
        assertThat(person.browser().get("/settings/audit?actor=person").body()).contains("Account created").doesNotContain("Sign-in failed");
        assertThat(person.browser().get("/settings/audit?actor=anonymous").body()).contains("Sign-in failed").doesNotContain("Account created");
        assertThat(person.get("/api/user/audit?actor=anonymous").text("/audit/0/actor")).isEqualTo("anonymous");
        assertThat(people.aPerson().browser().get("/settings/audit").body()).doesNotContain("Sign-in failed");
    }

    @Test
    void whatIsShownIsFoundWhateverIsStoredInItsPlace() {
        TestPerson person = people.aPerson();
        person.post("/api/user/api-keys", Map.of("service_name", "perplexity", "api_key", "pplx-0123456789abcdef"));
        person.post("/api/tweets", Map.of("content", "Corals spawn at full moon"));
        assertThat(search(person, "Perplexity API key")).contains("Key saved").doesNotContain("Draft saved");
        assertThat(search(person, "SAVED key you")).contains("Perplexity API key").doesNotContain("Draft saved");
        assertThat(search(person, "moon draft full")).contains("Draft saved", "Corals spawn").doesNotContain("Key saved");
        assertThat(search(person, "127.0.0.1 server")).contains("Draft saved", "Key saved");
        assertThat(search(person, "signed in a browser")).contains("Signed in").doesNotContain("Key saved");
        assertThat(search(person, "nothing of the kind")).contains("No matches");
        assertThat(search(person, "\"")).contains("No matches");
    }

    @Test
    void aPostsEntriesShowWhatWasTrueThen() {
        TestPerson person = people.aPerson();
        String post = person.post("/api/tweets", Map.of("content", "Reefs at dawn:\n  the first dive of the year, by everybody who was there")).text("/tweet/id");
        String path = "/api/tweets/" + post;
        for (String status : List.of("in_review", "changes_wanted", "in_review", "draft", "in_review", "rejected", "draft", "in_review", "approved")) {
            assertThat(person.patch(path, Map.of("status", status)).status()).isEqualTo(200);
        }
        person.patch(path, Map.of("content", "Changed after approval"));
        person.patch(path, Map.of("status", "in_review", "content", "Sent with a change"));

        String then = "Reefs at dawn: the first dive of the year, by everybody who…";
        List<String> told = List.of("Sent to review Sent with a change", "Post changed Sent with a change",
                "Post changed Changed after approval", "Approved " + then, "Sent to review " + then, "Back to draft " + then, "Rejected " + then,
                "Sent to review " + then, "Back to draft " + then, "Sent to review " + then, "Changes wanted " + then, "Sent to review " + then, "Draft saved " + then);
        assertThat(whats(person, "action=post")).containsExactlyElementsOf(told);
        assertThat(person.browser().get("/settings/audit?action=post").body().split("href=\"/tweets/mine/" + post, -1)).hasSize(told.size() + 1);
        assertThat(whats(person, "q=approved+dawn")).containsExactly("Approved " + then);
        assertThat(whats(person, "q=post.rejected")).containsExactly("Rejected " + then);
        String file = person.browser().get("/settings/audit/download?action=post").body();
        assertThat(file).contains(",\"Approved " + then + "\",", ",post.approved,\"" + post + " " + then + "\",");
        assertThat(file.lines()).hasSize(told.size() + 1);

        person.delete(path);
        assertThat(whats(person, "action=post")).startsWith("Post deleted Sent with a change").endsWith("Draft saved " + then);
        assertThat(person.browser().get("/settings/audit?action=post").body()).doesNotContain("/tweets/mine/" + post);
    }

    @Test
    void whenAnApprovedPostIsScheduledIsAnEntryAndSoIsTheWayBack() {
        TestPerson person = people.aPerson();
        String path = "/api/tweets/" + person.post("/api/tweets", Map.of("content", "Low tide", "scheduled_for", Instant.now().plus(Duration.ofDays(1)).toString())).text("/tweet/id");
        for (String status : List.of("in_review", "approved", "scheduled", "approved")) {
            assertThat(person.patch(path, Map.of("status", status)).status()).isEqualTo(200);
        }
        assertThat(whats(person, "action=post")).startsWith("Unscheduled Low tide", "Scheduled Low tide", "Approved Low tide");
    }

    @Test
    void anEntryThatHoldsNoTextShowsNone() {
        TestPerson person = people.aPerson();
        String post = person.post("/api/tweets", Map.of("content", "Corals spawn at full moon")).text("/tweet/id");
        person.tenant().run(() -> door.transaction(() -> door.audit("post.changed", post)));
        assertThat(whats(person, "action=post")).containsExactly("Post changed", "Draft saved Corals spawn at full moon");
        assertThat(whats(person, "q=spawn")).containsExactly("Draft saved Corals spawn at full moon");
        assertThat(person.browser().get("/settings/audit?action=post").body().split("href=\"/tweets/mine/" + post, -1)).hasSize(3);
    }

    /** What the rows of the page say, the newest first. */
    private static List<String> whats(TestPerson person, String query) {
        return WHAT.matcher(person.browser().get("/settings/audit?" + query).body()).results()
                .map(row -> row.group(1).replaceAll("<a .*?</a>|<[^>]*>", " ").replaceAll("\\s+", " ").strip()).toList();
    }

    @Test
    void whatHappenedToAnAccountIsSaidAndTheFileHasTheSameWords() {
        TestPerson person = people.aPerson();
        String account = "/api/x-accounts/" + person.post("/api/x-accounts", Map.of("username", "reefcheck")).text("/x_account/id");
        person.patch(account, Map.of("is_active", false));
        person.patch(account, Map.of("is_active", false));
        person.patch(account, Map.of("is_active", true, "priority", 90));
        String page = person.browser().get("/settings/audit?action=account").body().replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
        assertThat(page).containsOnlyOnce("Paused @reefcheck").contains("Added @reefcheck", "Resumed @reefcheck", "Changed @reefcheck: priority 90");
        assertThat(person.browser().get("/settings/audit/download").body())
                .contains("position,time,who,what,from,", ",You,Paused @reefcheck,", ",account.paused,'@reefcheck,");
    }

    @ParameterizedTest
    @CsvSource({"actor, nobody", "action, nothing", "q, a%00b"})
    void aFilterThatCannotBeUsedIsNamedInTheList(String field, String value) {
        TestAnswer answer = people.aPerson().browser().get("/settings/audit?" + field + "=" + value);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("class=\"filters", value.equals("a%00b") ? "a character that no text has" : "“" + value + "” is not one of the choices");
    }

    private static String search(TestPerson person, String words) {
        return person.browser().get("/settings/audit?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8)).body();
    }

    @Test
    void whatWasRepeatedIsToldInThePersonsOwnTimeAndByName() {
        String subject = "250 more from 2026-06-01 10:00 to 2026-06-01 12:30 UTC, the last: openai";
        AuditLog.Entry entry = new AuditLog.Entry(1, Instant.now(), "person", "api_key.opened", subject, null, null, "");
        assertThat(AuditWords.subject(entry, Map.of(), new Times(ZoneId.of("Europe/Berlin"), Instant.now())))
                .contains("12:00:00 (Europe/Berlin)", "14:30:00 (Europe/Berlin)", "OpenAI API key").doesNotContain("UTC");
    }

    @Test
    void aKeyOfTheSandboxIsCalledSo() {
        TestPerson person = people.aPerson();
        person.post("/api/user/api-keys", Map.of("service_name", "twitter_bearer", "api_key", "sandbox-0123456789abcdef0123456789abcdef"));
        assertThat(person.get("/api/user/audit?action=api_key.saved").text("/audit/0/subject")).isEqualTo("sandbox_key");
        assertThat(search(person, "sandbox key")).contains("Sandbox key").doesNotContain("X bearer token");
    }

    @Test
    void everyActionThatTheProductEntersHasWords() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            Set<String> entered = sources.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> ENTRY.matcher(read(file)).results()).flatMap(entry -> ACTION.matcher(entry.group(1)).results())
                    .map(found -> found.group(1)).collect(Collectors.toSet());
            assertThat(entered).hasSizeGreaterThan(40).contains("chain.started", "run_limits.changed", "author.muted", "approval_rule.switched_on");
            assertThat(entered).allMatch(words::knows);
        }
        try (Stream<Path> migrations = Files.walk(Path.of("src/main/resources/db/migration"))) {
            assertThat(migrations.filter(file -> file.toString().endsWith(".sql")).flatMap(file -> ACTION_OF_DATABASE.matcher(read(file)).results())
                    .map(found -> found.group(1)).collect(Collectors.toSet())).contains("schedule.changed").allMatch(words::knows);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
