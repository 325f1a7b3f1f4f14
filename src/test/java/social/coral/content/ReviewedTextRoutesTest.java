package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.tenancy.Actor;
import social.coral.tenancy.TenantDoor;

/** Blog posts, threads and replies under {@code /api}. What they share with single posts, those show. */
@CoralTest
class ReviewedTextRoutesTest {

    private static final String TOMORROW = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    private static final Actor AGENT = Actor.agent("blog-writing");
    private static final List<TextSource> SOURCES = List.of(new TextSource(1, "https://example.org/reef", "A reef", null));

    @Autowired People people;

    @Autowired TenantDoor door;

    @Autowired Blogs blogs;

    @Autowired TweetThreads threads;

    @Autowired Replies replies;

    private TestPerson person;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
    }

    private String aCollectedPost() {
        return person.tenant().call(() -> door.sql("""
                insert into public.tweets_cache (network, tweet_id, author, content, source, created_at)
                values ('x', :number, 'bob', 'A question', 'collected', now()) returning id
                """)
                .param("number", "" + (1 + Math.abs(UUID.randomUUID().getMostSignificantBits() >> 8))).<String>one(row -> row.getString(1)));
    }

    /** A draft of this kind, written by the person. */
    private String written(TextKind kind) {
        TestAnswer answer = switch (kind) {
            case BLOG -> person.post("/api/blogs", Map.of("title", "Reefs", "content", "# Low tide"));
            case THREAD -> person.post("/api/threads", Map.of("parts", List.of(Map.of("content", "One"), Map.of("content", "Two"))));
            case REPLY -> person.post("/api/replies", Map.of("post_id", aCollectedPost(), "content", "Low tide"));
            case TWEET -> person.post("/api/tweets", Map.of("content", "Low tide"));
        };
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return path(kind) + "/" + answer.text("/" + kind + "/id");
    }

    private static String path(TextKind kind) {
        return "/api/" + switch (kind) {
            case BLOG -> "blogs";
            case THREAD -> "threads";
            case REPLY -> "replies";
            case TWEET -> "tweets";
        };
    }

    private static Map<String, Object> words(TextKind kind, String words) {
        return kind == TextKind.THREAD ? Map.of("parts", List.of(Map.of("content", words))) : Map.of("content", words);
    }

    private Blog byAgent(String content) {
        return person.tenant().call(() -> AGENT.call(() -> blogs.draft(new NewBlog("Reefs", content, SOURCES, "extracts", null, null))));
    }

    @Test
    void aBlogPostIsWrittenListedFoundChangedAndDeleted() {
        String path = written(TextKind.BLOG);
        TestAnswer blog = person.get(path);
        assertThat(blog.text("/blog/title")).isEqualTo("Reefs");
        assertThat(blog.text("/blog/status")).isEqualTo("draft");
        assertThat(blog.json().at("/blog/written_by/agent").isNull()).isTrue();
        assertThat(person.patch(path, Map.of("title", "Other reefs")).text("/blog/title")).isEqualTo("Other reefs");
        assertThat(person.get("/api/blogs?q=other+tide").json().at("/blogs")).hasSize(1);
        assertThat(person.get("/api/blogs?q=desert").json().at("/blogs")).isEmpty();
        assertThat(person.get("/api/blogs?status=approved").json().at("/blogs")).isEmpty();
        assertThat(person.delete(path).status()).isEqualTo(204);
        assertThat(person.get(path).status()).isEqualTo(404);
    }

    @Test
    void whatOfAnAgentsTextIsInNoSourceIsMarkedInItsPlaceUntilItIsChanged() {
        Blog blog = byAgent("The reef has 77 corals, says @stranger at https://stranger.com or https://example.org/reef [1].");
        String path = "/api/blogs/" + blog.id();
        TestAnswer shown = person.get(path);
        assertThat(shown.json().at("/blog/marks").findValuesAsString("kind")).containsExactly("number", "handle", "link");
        assertThat(shown.text("/blog/marks/0/words")).isEqualTo("77");
        assertThat(shown.json().at("/blog/marks/0/start").asInt()).isEqualTo(13);
        assertThat(person.patch(path, Map.of("content", "The reef is old [1].")).json().at("/blog/marks")).isEmpty();
        assertThat(person.get(written(TextKind.BLOG)).json().at("/blog/marks")).isEmpty();
        person.tenant().run(() -> door.sql("update public.personas set description = 'I dive at 77 reefs, as @stranger says' where user_id = :tenant").update());
        assertThat(byAgent("77 reefs, says @stranger").marks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"content\": \"x\"}", "{\"title\": \" \", \"content\": \"x\"}", "{\"title\": \"a\\nb\", \"content\": \"x\"}", "{\"title\": \"\\u200b\", \"content\": \"x\"}"})
    void aBlogPostNeedsATitleOfOneLine(String body) {
        TestAnswer refused = person.post("/api/blogs", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo("title");
    }

    @Test
    void theTitleAndTheTextOfABlogPostHaveALimit() {
        assertThat(person.post("/api/blogs", Map.of("title", "t".repeat(200), "content", "🪸".repeat(20_000))).status()).isEqualTo(201);
        assertThat(person.post("/api/blogs", Map.of("title", "t".repeat(201), "content", "x")).text("/errors/0/field")).isEqualTo("title");
        assertThat(person.post("/api/blogs", Map.of("title", "t", "content", "x".repeat(40_001))).text("/errors/0/field")).isEqualTo("content");
    }

    @Test
    void aThreadsPartsAreCountedFromZeroAndChangedTogether() {
        String path = written(TextKind.THREAD);
        TestAnswer thread = person.get(path);
        assertThat(thread.json().at("/thread/parts").valueStream().map(part -> part.at("/position").asInt() + " " + part.at("/content").asString() + " " + part.at("/status").asString()))
                .containsExactly("0 One draft", "1 Two draft");
        assertThat(person.patch(path, Map.of("title", "Mine")).text("/thread/title")).isEqualTo("Mine");
        List.of("in_review", "approved").forEach(step -> person.patch(path, Map.of("status", step)));
        assertThat(person.patch(path, Map.of("title", "Ours")).text("/thread/status")).as("a title is not seen on X").isEqualTo("approved");
        assertThat(person.get(path + "/versions").text("/versions/0/title")).isEqualTo("Ours");
        assertThat(person.get(path + "/approvals").json().at("/approvals/0/voided_at").isNull()).isTrue();
        assertThat(person.patch(path, "{\"title\": null, \"parts\": [{\"content\": \"Three\"}]}").json().at("/thread/title").isNull()).isTrue();
        assertThat(person.get(path).json().at("/thread/parts")).hasSize(1);
    }

    @Test
    void aPartThatIsTooLongKeepsTheThreadADraftAndIsNamed() {
        String path = path(TextKind.THREAD) + "/" + person.post("/api/threads", Map.of("parts", List.of(Map.of("content", "One"), Map.of("content", "x".repeat(281))))).text("/thread/id");
        TestAnswer refused = person.patch(path, Map.of("status", "in_review"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo("parts[1].content");
        assertThat(refused.text("/errors/0/message")).contains("281", "280");
    }

    @ParameterizedTest
    @EnumSource(value = TextKind.class, names = {"THREAD", "REPLY"})
    void withXPremiumAPartOrReplyHasUpToTwentyFiveThousandCharactersAndIsPlannedAsLongAsItStays(TextKind kind) {
        person.patch("/api/user/profile", Map.of("long_posts", true));
        String path = written(kind);
        assertThat(person.patch(path, words(kind, "🪸".repeat(12_500))).status()).isEqualTo(200);
        assertThat(person.patch(path, Map.of("status", "scheduled", "scheduled_for", TOMORROW)).status()).isEqualTo(200);
        assertThat(person.patch("/api/user/profile", Map.of("long_posts", false)).text("/texts/0")).isEqualTo(kind + " " + path.substring(path.lastIndexOf('/') + 1));
        person.patch(path, words(kind, "🪸".repeat(12_500) + "x"));
        assertThat(person.patch(path, Map.of("status", "in_review")).text("/errors/0/message")).contains("25,001", "25,000");
        assertThat(person.patch("/api/user/profile", Map.of("long_posts", false)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"parts\": []}", "{\"parts\": null}"})
    void aThreadHasAPart(String body) {
        assertThat(person.post("/api/threads", body).text("/errors/0/field")).isEqualTo("parts");
    }

    @Test
    void aThreadHasAtMostTwentyFivePartsAndFiftyThousandCharacters() {
        assertThat(person.post("/api/threads", parts(25, "x")).status()).isEqualTo(201);
        assertThat(person.post("/api/threads", parts(26, "x")).text("/errors/0/field")).isEqualTo("parts");
        assertThat(person.post("/api/threads", parts(10, "海".repeat(5_000))).status()).isEqualTo(201);
        assertThat(person.post("/api/threads", parts(11, "x".repeat(5_000))).text("/errors/0/field")).isEqualTo("parts");
        assertThat(person.post("/api/threads", "{\"parts\": [{\"content\": \"a\"}, null]}").text("/errors/0/field")).isEqualTo("parts[1].content");
    }

    private static Map<String, Object> parts(int number, String content) {
        return Map.of("parts", IntStream.range(0, number).mapToObj(i -> Map.of("content", content)).toList());
    }

    @Test
    void aCollectedPostIsAnsweredOnceAtMostAndByItsOwnTenantAlone() {
        String post = aCollectedPost();
        assertThat(person.post("/api/replies", Map.of("post_id", post, "content", "Once")).text("/reply/post_id")).isEqualTo(post);
        TestAnswer twice = person.post("/api/replies", Map.of("post_id", post, "content", "Twice"));
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.text("/error_code")).isEqualTo("already_answered");
        TestPerson stranger = people.aPerson();
        TestAnswer another = stranger.post("/api/replies", Map.of("post_id", post, "content", "Mine"));
        assertThat(another.status()).isEqualTo(400);
        assertThat(another.body()).isEqualTo(stranger.post("/api/replies", Map.of("post_id", UUID.randomUUID(), "content", "Mine")).body());
        assertThat(person.post("/api/replies", Map.of("content", "To nobody")).text("/errors/0/field")).isEqualTo("post_id");
    }

    @ParameterizedTest
    @EnumSource
    void aPersonSchedulesWhatTheyWroteAtOnceAndNewWordsVoidIt(TextKind kind) {
        String path = written(kind);
        assertThat(person.patch(path, Map.of("status", "scheduled")).text("/errors/0/field")).isEqualTo("scheduled_for");
        TestAnswer scheduled = person.patch(path, Map.of("status", "scheduled", "scheduled_for", TOMORROW, "time_zone", "Europe/Berlin"));
        assertThat(scheduled.text("/" + kind + "/status")).as(scheduled.body()).isEqualTo("scheduled");
        assertThat(scheduled.text("/" + kind + "/scheduled_for")).isEqualTo(TOMORROW);
        assertThat(person.patch(path, words(kind, "Other words")).text("/" + kind + "/status")).isEqualTo("draft");
        assertThat(person.get("/api/user/audit").json().at("/audit").valueStream().map(entry -> entry.at("/action").asString()).limit(3))
                .containsExactly(kind.thing() + ".changed", kind.thing() + ".scheduled", kind.thing() + ".changed");
    }

    @Test
    void aTimeThatTheClocksSkipIsRefusedWithTheNextOneTheyShow() {
        String path = written(TextKind.THREAD);
        int year = Year.now().getValue() + 1;
        String day = LocalDate.of(year, 3, 31).with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY)).toString();
        String told = "The clocks of Europe/Berlin skip 02:30 on this day, because they are set forward. The next time is 03:00.";
        TestAnswer refused = person.patch(path, Map.of("status", "scheduled", "scheduled_for", day + "T02:30:00+01:00", "time_zone", "Europe/Berlin"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo("scheduled_for");
        assertThat(refused.text("/errors/0/message")).isEqualTo(told);
        String page = path.substring("/api".length());
        assertThat(person.browser().form(page + "/schedule", Map.of("scheduled_for", day + "T02:30", "time_zone", "Europe/Berlin")).body()).contains(told);
        for (String there : List.of(day + "T02:30:00Z", day + "T02:30:00-05:00", day + "T03:00:00+02:00")) {
            assertThat(person.patch(path, Map.of("status", "scheduled", "scheduled_for", there, "time_zone", "Europe/Berlin")).status()).as(there).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStepThatIsNotAllowedIsNamed(TextKind kind) {
        String path = written(kind);
        TestAnswer refused = person.patch(path, Map.of("status", "published"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/error_code")).isEqualTo("illegal_transition");
        assertThat(List.of(refused.text("/from"), refused.text("/to"))).containsExactly("draft", "published");
        person.patch(path, Map.of("status", "in_review"));
        assertThat(person.patch(path, Map.of("status", "scheduled")).text("/error")).startsWith("A " + kind.noun() + " in review cannot be scheduled; it can ");
    }

    @Test
    void whatAnAgentWroteIsMarkedUntilAPersonEditsItAndApprovedBeforeItIsScheduled() {
        Blog blog = byAgent("By an agent");
        String path = "/api/blogs/" + blog.id();
        assertThat(person.get(path).json().at("/blog/written_by").toString()).isEqualTo("{\"agent\":\"blog-writing\",\"model\":\"extracts\",\"unedited\":true}");
        assertThat(person.get(path).json().at("/blog/sources").toString()).contains("https://example.org/reef");
        TestAnswer refused = person.patch(path, Map.of("status", "scheduled", "scheduled_for", TOMORROW));
        assertThat(refused.text("/error_code")).isEqualTo("illegal_transition");
        assertThat(refused.text("/error")).isEqualTo("A draft cannot be scheduled; it can be sent to review.");
        person.tenant().run(() -> AGENT.run(() -> blogs.submit(blog.id())));
        assertThat(person.patch(path, Map.of("status", "approved")).text("/blog/status")).isEqualTo("approved");
        assertThat(person.patch(path, Map.of("content", "By a person")).json().at("/blog/written_by/unedited").asBoolean()).isFalse();
    }

    @Test
    void anAgentsNextVersionAnswersWhatWasNoted() {
        Blog blog = byAgent("First");
        String path = "/api/blogs/" + blog.id();
        person.tenant().run(() -> AGENT.run(() -> blogs.submit(blog.id())));
        TestAnswer note = person.post(path + "/notes", Map.of("note", "Say where", "quote", "First"));
        assertThat(note.status()).as(note.body()).isEqualTo(201);
        assertThat(person.patch(path, Map.of("status", "changes_wanted")).status()).isEqualTo(200);
        assertThat(person.post(path + "/notes", Map.of("note", " ")).text("/errors/0/field")).isEqualTo("note");
        assertThat(person.post(path + "/notes", Map.of("note", "Say where", "quote", "Not in the text")).text("/errors/0/field")).isEqualTo("quote");

        person.tenant().run(() -> AGENT.run(() -> {
            blogs.revise(blog.id(), new Revision("Reefs", List.of("First"), SOURCES, "extracts"), blogs.get(blog.id()).updatedAt());
            assertThat(blogs.notes(blog.id(), new Page(5, 0))).singleElement().matches(open -> open.open());
            blogs.revise(blog.id(), new Revision("Reefs", List.of("Second"), SOURCES, "extracts"), blogs.get(blog.id()).updatedAt());
            blogs.submit(blog.id());
        }));

        assertThat(person.get(path + "/notes").json().at("/notes/0").propertyNames()).contains("id", "version", "quote", "note", "author", "answered_by", "created_at");
        assertThat(List.of(person.get(path + "/notes").text("/notes/0/version"), person.get(path + "/notes").text("/notes/0/answered_by"))).containsExactly("1", "2");
        assertThat(person.get(path + "/versions").json().at("/versions").valueStream().map(each -> each.at("/number").asInt() + " " + each.at("/parts/0").asString() + " " + each.at("/author").asString()))
                .containsExactly("2 Second blog-writing", "1 First blog-writing");
        assertThat(person.get(path).text("/blog/status")).isEqualTo("in_review");
    }

    @Test
    void anAgentOverwritesNothingThatAPersonChangedMeanwhile() {
        Blog blog = byAgent("First");
        person.patch("/api/blogs/" + blog.id(), Map.of("content", "By a person"));
        assertThatThrownBy(() -> person.tenant().run(() -> AGENT.run(() -> blogs.revise(blog.id(), new Revision("Reefs", List.of("Second"), SOURCES, null), blog.updatedAt()))))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.code()).isEqualTo("changed_meanwhile"));
    }

    @ParameterizedTest
    @EnumSource
    void anEarlierVersionCanBeRestored(TextKind kind) {
        String path = written(kind);
        TestAnswer first = person.get(path);
        person.patch(path, words(kind, "Second"));
        person.patch(path, words(kind, "Third"));
        assertThat(person.post(path + "/versions/7/restore", Map.of()).status()).isEqualTo(404);
        TestAnswer restored = person.post(path + "/versions/1/restore", Map.of());
        assertThat(restored.status()).as(restored.body()).isEqualTo(200);
        String words = kind == TextKind.THREAD ? "/thread/parts" : "/" + kind + "/content";
        assertThat(restored.json().at(words)).isEqualTo(first.json().at(words));
        assertThat(person.get(path + "/versions").json().at("/versions")).hasSize(4);
    }

    @Test
    void fiftyVersionsAreKept() {
        String path = written(TextKind.TWEET);
        for (int i = 0; i < 55; i++) {
            assertThat(person.patch(path, Map.of("content", "Version " + i)).status()).isEqualTo(200);
        }
        TestAnswer versions = person.get(path + "/versions?limit=100");
        assertThat(versions.json().at("/versions")).hasSize(50);
        assertThat(versions.text("/versions/0/number")).isEqualTo("56");
    }

    @ParameterizedTest
    @EnumSource
    void twoWindowsNeverOverwriteOneAnother(TextKind kind) {
        String path = written(kind);
        String seen = person.get(path).text("/" + kind + "/updated_at");
        person.patch(path, words(kind, "From one window"));
        for (TestAnswer late : List.of(
                person.patch(path, with(words(kind, "From another"), seen)), person.patch(path, Map.of("status", "in_review", "seen", seen)),
                person.post(path + "/versions/1/restore", Map.of("seen", seen)))) {
            assertThat(late.status()).as(late.body()).isEqualTo(409);
            assertThat(late.text("/error_code")).isEqualTo("changed_meanwhile");
        }
        assertThat(person.patch(path, with(words(kind, "From one window"), seen)).status()).as("what is there already").isEqualTo(200);
        assertThat(person.patch(path, Map.of("status", "in_review", "seen", "yesterday")).text("/errors/0/field")).isEqualTo("seen");
    }

    private static Map<String, Object> with(Map<String, Object> body, String seen) {
        java.util.HashMap<String, Object> all = new java.util.HashMap<>(body);
        all.put("seen", seen);
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void anothersTextAnswersAsOneThatDoesNotExist(TextKind kind) {
        String path = written(kind);
        TestPerson stranger = people.aPerson();
        String nothing = path(kind) + "/" + UUID.randomUUID();
        for (String below : List.of("", "/versions", "/notes")) {
            assertThat(stranger.get(path + below).status()).isEqualTo(404);
            assertThat(stranger.get(path + below).body().replace(path, nothing)).isEqualTo(stranger.get(nothing + below).body());
        }
        assertThat(List.of(stranger.post(path + "/notes", Map.of("note", "Mine")), stranger.post(path + "/versions/1/restore", Map.of()), stranger.delete(path)))
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(404));
    }

    @Test
    void aWriteThatIsSentTwiceWithOneKeyIsDoneOnce() {
        var once = person.api().with("Idempotency-Key", UUID.randomUUID().toString());
        Map<String, Object> body = Map.of("title", "Reefs", "content", "Once");
        assertThat(once.post("/api/blogs", body).body()).isEqualTo(once.post("/api/blogs", body).body());
        assertThat(person.get("/api/blogs").json().at("/blogs")).hasSize(1);
    }

    @Test
    void anAddressThatIsNoneIsNoSource() {
        List<TextSource> hostile = List.of(new TextSource(1, "javascript:alert(1)", "x", null), new TextSource(2, "https://example.org/", "x", null));
        Blog blog = person.tenant().call(() -> AGENT.call(() -> blogs.draft(new NewBlog("Reefs", "x", hostile, null, null, null))));
        assertThat(blog.sources()).extracting(TextSource::number).containsExactly(2);
    }

    @Test
    void theNewestOfAnInsightIsFound() {
        UUID insight = UUID.randomUUID();
        person.tenant().run(() -> AGENT.run(() -> {
            blogs.draft(new NewBlog("One", "x", List.of(), null, insight, null));
            Blog newest = blogs.draft(new NewBlog("Two", "x", List.of(), null, insight, null));
            assertThat(blogs.latestFor(insight)).contains(newest);
            assertThat(threads.latestFor(insight)).isEmpty();
            TweetThread thread = threads.draft(new NewThread(null, List.of("x"), List.of(), null, newest.id(), insight));
            assertThat(threads.latestFor(insight)).contains(thread);
            assertThat(replies.answers(insight)).isFalse();
            assertThat(blogs.versions(newest.id(), Page.of(null, null))).hasSize(1);
        }));
    }
}
