package social.coral.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestClient;
import social.coral.TestPerson;
import social.coral.content.Replies;
import social.coral.tenancy.TenantDoor;
import social.coral.web.frame.Navigation;

/** What all pages have in common. */
@CoralTest
class PagesTest {

    private static final Pattern LINK = Pattern.compile("(?:href|action|hx-get|hx-post|formaction)=\"(/[^\"#]*)");

    @Autowired private People people;

    @Autowired private TenantDoor door;

    @Autowired private Replies replies;

    @Test
    void aPageBehindTheEndOfAListLeadsToTheLast() {
        TestPerson person = people.aPerson();
        for (int i = 0; i < 3; i++) {
            person.post("/api/tweets", Map.of("content", "Draft " + i));
        }
        assertThat(person.browser().get("/tweets/mine?limit=2&offset=40&q=draft").header("Location")).isEqualTo("/tweets/mine?q=draft&offset=2");
        assertThat(person.browser().get("/tweets/mine?limit=2&offset=2").status()).isEqualTo(200);
        assertThat(person.browser().get("/tweets/mine?q=nothing&offset=40").status()).isEqualTo(200);
        for (String none : List.of("limit=foo", "offset=-3", "limit=0&offset=1e9")) {
            TestAnswer answer = person.browser().get("/tweets/mine?q=draft&" + none);
            assertThat(answer.header("Location")).as(none).isEqualTo("/tweets/mine?q=draft");
            assertThat(person.get("/api/tweets?" + none).status()).as(none).isEqualTo(400);
        }
    }

    @Test
    void noLinkOfAnyPageLeadsNowhere() {
        TestPerson person = people.aPerson();
        Samples.fill(person);
        for (Navigation entry : Navigation.values()) {
            TestAnswer page = person.browser().get(entry.path());
            assertThat(page.status()).as(entry.path()).isEqualTo(200);
            LINK.matcher(page.body()).results().map(link -> link.group(1).replace("&amp;", "&")).distinct()
                    .filter(link -> !link.equals("/"))
                    .forEach(link -> assertThat(person.browser().get(link).status()).as("%s on %s", link, entry.path()).isIn(200, 303, 405));
        }
    }

    @Test
    void whatIsNotThereOrNotAcceptedIsSaidOnAPageInTheFrame() {
        TestPerson person = people.aPerson();
        for (String path : List.of("/no-such-page", "/accounts/" + UUID.randomUUID(), "/accounts/not-an-id", "/tweets/mine/" + UUID.randomUUID())) {
            TestAnswer answer = person.browser().get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.body()).contains("Page not found", "id=\"navigation\"");
        }
        person.patch("/api/user/profile", Map.of("full_name", "Mara Reef"));
        TestAnswer forged = people.aBrowserWith(person.cookie()).form("/accounts/add", Map.of("handles", "reefcheck"));
        assertThat(forged.status()).isEqualTo(403);
        assertThat(forged.body()).contains("This request was not accepted", "Nothing was changed", "Mara Reef");
        assertThat(person.get("/api/x-accounts").json().at("/x_accounts").size()).isZero();
    }

    @Test
    void aRefusalBeforeAnyPageIsReachedIsInTheFrameAndCostsNoLineOfTheLog() {
        TestPerson person = people.aPerson();
        Logger log = (Logger) LoggerFactory.getLogger("social.coral.web.frame");
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.start();
        log.addAppender(told);
        try {
            TestAnswer large = person.browser().form("/tweets/mine", Map.of("content", "x".repeat(3 << 20)));
            assertThat(large.status()).isEqualTo(413);
            assertThat(large.body()).contains("Nothing was saved. Send a smaller file or a shorter text.", "id=\"navigation\"");
            assertThat(people.aBrowserWith(person.cookie()).form("/tweets/mine", Map.of("content", "x")).status()).isEqualTo(403);
        } finally {
            log.detachAppender(told);
        }
        assertThat(told.list).isEmpty();
    }

    @Test
    void anothersAccountPostAndPersonaAnswerLikeOnesThatAreNotThere() {
        TestPerson owner = people.aPerson();
        Samples.fill(owner);
        TestPerson other = people.aPerson();
        String account = owner.get("/api/x-accounts").text("/x_accounts/0/id");
        String tweet = owner.get("/api/tweets").text("/tweets/0/id");
        String persona = owner.get("/api/personas").text("/personas/0/id");
        String post = owner.get("/api/tweets/cache").text("/tweets/0/id");
        Samples.note(door, owner);
        String note = owner.get("/api/notes").text("/notes/0/id");
        String blog = owner.get("/api/blogs").text("/blogs/0/id");
        String thread = owner.get("/api/threads").text("/threads/0/id");
        UUID reply = Samples.mentions(door, replies, owner);
        String mention = owner.get("/api/mentions?state=set_aside").text("/mentions/0/id");
        for (String path : List.of("/accounts/" + account, "/knowledge/" + post + "/forget", "/knowledge/authors/reefcheck/forget", "/knowledge/notes/" + note + "/forget",
                "/tweets/mine/" + tweet, "/tweets/mine/" + tweet + "/delete", "/tweets/mine/" + tweet + "/versions", "/persona/" + persona,
                "/blogs/" + blog, "/blogs/" + blog + "/versions", "/blogs/" + blog + "/schedule", "/threads/" + thread, "/threads/" + thread + "/delete", "/replies/" + reply, "/replies/new?post=" + mention)) {
            assertThat(owner.browser().get(path).status()).as(path).isEqualTo(200);
            assertThat(other.browser().get(path).status()).as(path).isEqualTo(404);
        }
        for (String path : List.of("/accounts/" + account + "/pause", "/knowledge/" + post + "/forget", "/knowledge/notes/" + note + "/forget", "/tweets/mine/" + tweet + "/delete",
                "/persona/" + persona + "/default", "/blogs/" + blog + "/delete", "/threads/" + thread + "/schedule",
                "/replies/set-aside/" + mention + "/answer", "/replies/set-aside/" + mention + "/mute",
                "/replies/set-aside/muted/" + owner.get("/api/muted-authors").text("/muted_authors/0/id") + "/unmute")) {
            answersAlike(other, path, path.replaceAll("[0-9a-f-]{36}", UUID.randomUUID().toString()), Map.of());
        }
        assertThat(toast(other.browser().form("/accounts/selected/remove", Map.of("id", account, "confirmed", "true"))))
                .isEqualTo(toast(other.browser().form("/accounts/selected/remove", Map.of("id", UUID.randomUUID().toString(), "confirmed", "true"))));
        assertThat(owner.get("/api/x-accounts/" + account).text("/x_account/is_active")).isEqualTo("true");
        assertThat(owner.get("/api/tweets/" + tweet).status()).isEqualTo(200);
    }

    @Test
    void whatIsLookedAtWhileAPageIsOnItsWayDoesNotTakeThePagesToast() {
        TestPerson person = people.aPerson();
        TestAnswer saved = person.browser().form("/threads/new", Map.of("part_0", "One"));
        String toast = saved.headers("Set-Cookie").stream().filter(cookie -> cookie.startsWith("coral_toast=")).findFirst().orElseThrow().replaceFirst(";.*", "");
        TestClient window = person.browser().with("Cookie", person.cookieName() + "=" + person.cookie() + "; " + toast);
        TestAnswer preview = window.with("HX-Request", "true").form("/threads/preview?part=0&of=1", Map.of("part_0", "One"));
        assertThat(preview.status()).isEqualTo(200);
        assertThat(preview.headers("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("coral_toast="));
        TestAnswer page = window.get(String.valueOf(saved.header("Location")));
        assertThat(page.body()).contains("Saved as a draft.");
        assertThat(page.headers("Set-Cookie")).anyMatch(cookie -> cookie.startsWith("coral_toast=;"));
    }

    /** Of what another has and of what nobody has, the same is said in the same way. */
    private static void answersAlike(TestPerson person, String anothers, String nobodys, Map<String, String> fields) {
        TestAnswer one = person.browser().form(anothers, fields);
        TestAnswer other = person.browser().form(nobodys, fields);
        assertThat(one.status()).as(anothers).isEqualTo(other.status()).isIn(303, 404);
        assertThat(one.header("Location")).as(anothers).isEqualTo(other.header("Location"));
        assertThat(toast(one)).as(anothers).isEqualTo(toast(other));
    }

    private static List<String> toast(TestAnswer answer) {
        return answer.headers("Set-Cookie").stream().map(cookie -> cookie.replaceAll("Expires=[^;]*", "")).toList();
    }
}
