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

    private static final Pattern ACTION = Pattern.compile(
            "[\"']((?:account|api_key|data|erasure|password|persona|person|post|posts|profile|run|schedule|session)\\.[a-z_]+)[\"']");

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
        assertThat(search(person, "signed with a browser")).contains("Signed in").doesNotContain("Key saved");
        assertThat(search(person, "nothing of the kind")).contains("No matches");
        assertThat(search(person, "\"")).contains("No matches");
    }

    @Test
    void anOldPostIsFoundByItsTextHoweverManyAreNewer() {
        TestPerson person = people.aPerson();
        String old = person.post("/api/tweets", Map.of("content", "Corals spawn at full moon")).text("/tweet/id");
        person.tenant().run(() -> door.sql("insert into public.tweets (content, created_at) select 'Newer ' || n, now() + interval '1 hour'"
                + " from generate_series(1, 120) as n where :tenant is not null").update());
        assertThat(search(person, "spawn")).contains("Draft saved");
        assertThat(person.get("/api/user/audit?q=spawn").text("/audit/0/subject")).isEqualTo(old);
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
    void everyActionThatTheProductEntersHasWords() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            Set<String> entered = sources.filter(file -> file.toString().endsWith(".java") && !file.endsWith("AuditWords.java"))
                    .flatMap(file -> ACTION.matcher(read(file)).results()).map(found -> found.group(1)).filter(name -> !name.endsWith(".json")).collect(Collectors.toSet());
            assertThat(entered).hasSizeGreaterThan(25);
            assertThat(entered).allMatch(words::knows);
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
