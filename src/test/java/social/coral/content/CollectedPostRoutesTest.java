package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static social.coral.imports.Archives.tweet;
import static social.coral.imports.Archives.tweetsJs;
import static social.coral.imports.Archives.zip;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.imports.Archives;
import social.coral.imports.Imported;
import social.coral.networks.Network;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.networks.PostPage;
import social.coral.tenancy.BoundSetting;
import social.coral.tenancy.Databases;
import social.coral.tenancy.TenantDoor;
import social.coral.tenancy.TestDoors;

@CoralTest
class CollectedPostRoutesTest {

    private static final String IMPORT = "/api/tweets/cache/import";

    @Autowired
    People people;

    @Autowired
    Databases databases;

    @Autowired
    CollectedPosts posts;

    @Autowired
    CollectedPages pages;

    @Autowired
    private TenantDoor door;

    private TestPerson person;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
    }

    @Test
    void theListIsFilteredByAuthorStatusAndWords() {
        person.tenant().run(() -> {
            pages.store(Network.X, new PostPage(List.of(post("1", "reef", "Low tide"), post("2", "reef", "100% high_tide"), post("3", "shore", "Sand, 1000 grains")), null, null, List.of()));
            UUID second = posts.list(PostFilter.of(null, null, "high"), Page.of(null, null)).getFirst().id();
            markProcessed(second);
            Imported.posts(door, post("4", "reef", "Imported, 4 grains"));
        });
        assertThat(ids("?source=imported")).containsExactly("4");
        assertThat(ids("?source=collected")).containsExactly("3", "2", "1");
        assertThat(ids("?source=imported&author=reef&status=unprocessed&q=grains")).containsExactly("4");
        assertThat(ids("?source=imported&status=processed")).isEmpty();
        assertThat(person.get("/api/tweets/cache?source=borrowed").status()).isEqualTo(400);
        person.tenant().run(() -> door.sql("delete from public.tweets_cache where user_id = :tenant and source = 'imported'").update());
        assertThat(ids("")).containsExactly("3", "2", "1");
        assertThat(ids("?author=@REEF")).containsExactly("2", "1");
        assertThat(ids("?status=processed")).containsExactly("2");
        assertThat(ids("?status=unprocessed&author=reef")).containsExactly("1");
        assertThat(ids("?q=TIDE")).containsExactly("2", "1");
        assertThat(ids("?q=100%25")).containsExactly("2");
        assertThat(ids("?q=high_t")).containsExactly("2");
        assertThat(ids("?q=h_t&author=shore")).isEmpty();
        assertThat(ids("?q=from:reef")).as("as on X").containsExactly("2", "1");
        assertThat(ids("?q=low+From:@REEF")).containsExactly("1");
        assertThat(ids("?q=from:shore&author=reef")).as("the author is chosen already").isEmpty();
        assertThat(ids("?limit=1&offset=1")).containsExactly("2");

        TestAnswer one = person.get("/api/tweets/cache?limit=1");
        assertThat(one.json().at("/tweets/0").propertyNames()).contains("id", "tweet_id", "content", "author", "created_at", "likes", "retweets", "replies", "status");
        assertThat(people.aPerson().get("/api/tweets/cache").json().at("/tweets")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "offset=x", "status=done", "sort=loudest", "author=a%00b", "author=@", "author=https://x.com/i/lists/1", "author=https://example.org/reef",
        "q=a%00b", "q=%00"})
    void aFilterThatMakesNoSenseIsRefusedByName(String query) {
        TestAnswer refused = person.get("/api/tweets/cache?" + query);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo(query.split("=")[0]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "tide low|1", "CAFE|6 1", "café|6 1", "reef run|2", "running|2", "city|2", "runner reefs|2", "konigstr|1", "時刻表|3", "كتاب|4",
        "'\"tide low\"'|", "'\"LOW  tide\"'|1", "tide reef|", "ide|", "#tide_pool|5", "tide|5 1", "pool|5", ".*|", "(((|", "\\m|", "a{9}|", "100%|5", "1000|",
        "koenigs|", "KÖNIGSTRASSE|1", "'\" \"'|", "'\"'|", "'reefs \" \"'|2", "'\"low tide'|1", "cafe -tide|6", "-CAFÉ|5 4 3 2", "-reef -tide -cafe|4 3",
        "'cafe -\"low tide\"'|6", "'cafe -\"tide low\"'|6 1", "'\"-tide\" low'|1", "low - tide|1", "“LOW tide” |1", "„tide low“|", "tide, low.|1"})
    void wordsAreFoundInAnyOrderCaseAndFormAndNothingElseIs(String typed, @Nullable String found) {
        person.tenant().run(() -> pages.store(Network.X, new PostPage(List.of(
                post("1", "reef", "Low tide at the café on Königstraße"), post("2", "reef", "Running along reefs, cities asleep"),
                post("3", "reef", "電車の時刻表を見ています"), post("4", "reef", "الكتاب الجديد"), post("5", "reef", "100% of #Tide_Pool"),
                post("6", "reef", "Cafe\u0301 au lait")), null, null, List.of())));
        assertThat(ids("?q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8))).containsExactly(found == null ? new String[0] : found.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Don’t panic, it’s fine|don't|it's|don‘t|panic|it’s, fine", "Don't worry|don’t|donʼt|don't worry", "Ёлка и котёнок|елка|котенок|ЁЛКА",
        "ο λόγος|λογος|ΛΟΓΟΣ|λόγοσ", "Straße, groß|strasse|gross|STRASSE|straße", "œuvre Ærø|oeuvre|aero|ærø|Œuvre", "초등학교에 가다|학교|초등학교",
        "co\u00adoperate zero\u200bwidth|cooperate|zerowidth|co\u00adoperate", "the oﬃce|office|OFFICE", "ＡＢＣ １２３|abc|123|ａｂｃ", "İstanbul ışık|istanbul|ISIK|ışık",
        "C++ and C#, AT&T|c++|c#|at&t|AND", "बच्चों की हिन्दी|हिन्दी", "הַסֵּפֶר|ספר", "العَرَبِيَّة|عربي", "👍🏽 done|👍|done", "e-mail at 9.30|e-mail|e mail|9.30",
        "Viele Läufer in Łódź, Đà Nẵng|laufer|lodz|da nang|Łódź"})
    void aWordIsFoundHoweverItsLettersAreWritten(String row) {
        String[] parts = row.split("\\|");
        person.tenant().run(() -> pages.store(Network.X, new PostPage(List.of(post("1", "reef", parts[0]), post("2", "reef", "Nothing of the kind")), null, null, List.of())));
        person.post("/api/tweets", Map.of("content", parts[0]));
        for (int i = 1; i < parts.length; i++) {
            assertThat(ids("?q=" + URLEncoder.encode(parts[i], StandardCharsets.UTF_8))).as(parts[i]).containsExactly("1");
        }
    }

    @Test
    void wordsBeyondTheTwentiethAreRefusedInsteadOfDropped() {
        String twenty = "a+".repeat(20);
        assertThat(person.get("/api/tweets/cache?q=" + twenty).status()).isEqualTo(200);
        TestAnswer refused = person.get("/api/tweets/cache?q=" + twenty + "b");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/errors/0/field")).isEqualTo("q");
        assertThat(refused.text("/error")).isEqualTo("The search can have at most 20 words.");
    }

    @Test
    void textOfNothingButMarksIsStoredInBoundedTime() {
        String marks = "a" + "\u1dc0\u0e38".repeat(12_000);
        person.tenant().run(() -> {
            pages.store(Network.X, new PostPage(IntStream.range(1, 40).mapToObj(id -> post(Integer.toString(id), "reef", marks)).toList(), null, null, List.of()));
            assertThat(posts.count(PostFilter.of(null, null, "a"))).isEqualTo(39);
        });
    }

    @Test
    void anAuthorIsFoundByHandleOrByThatNameOfAnAccountAndTheMostEngagingPostsComeFirstIfWanted() {
        person.post("/api/x-accounts", Map.of("username", "tide_pool"));
        person.post("/api/x-accounts", Map.of("username", "reef"));
        person.tenant().run(() -> {
            door.sql("update public.x_accounts set display_name = 'The Réef Watch' where user_id = :tenant and username = 'tide_pool'").update();
            pages.store(Network.X, new PostPage(List.of(post("1", "tide_pool", "A", 2_000_000_000), post("2", "reef", "B", 1), post("3", "tide_pool", "C", 7)), null, null, List.of()));
        });
        assertThat(ids("?author=reef")).as("the handle of an account").containsExactly("2");
        assertThat(ids("?author=watch+reef")).containsExactly("3", "1");
        assertThat(ids("?author=Watc")).containsExactly("3", "1");
        assertThat(ids("?author=@watch")).isEmpty();
        assertThat(ids("?author=@Reef+Watch")).as("a name with @ before it").containsExactly("3", "1");
        assertThat(ids("?author=https://x.com/Tide_Pool?s=20")).containsExactly("3", "1");
        assertThat(ids("?author=%EF%BC%A0tide_pool")).containsExactly("3", "1");
        assertThat(ids("?author=no+body")).isEmpty();
        assertThat(ids("?sort=engagement")).containsExactly("1", "3", "2");
        assertThat(ids("?sort=engagement&author=watch&offset=1")).containsExactly("3");
        assertThat(ids("?sort=newest")).containsExactly("3", "2", "1");
    }

    @Test
    void aConversationIsReadAsFarAsItIsKnownAndNeverAnothers() {
        TestPerson other = people.aPerson();
        other.tenant().run(() -> pages.store(Network.X, new PostPage(List.of(reply("9", "1", "1")), null, null, List.of())));
        person.tenant().run(() -> {
            pages.store(Network.X, new PostPage(List.of(reply("1", "1", null), reply("2", "1", "1"), reply("3", "1", "2"), reply("4", "4", null)), null, null, List.of()));
            pages.store(Network.SANDBOX, new PostPage(List.of(reply("5", "1", "1")), null, null, List.of()));
            Imported.posts(door, reply("6", null, null), reply("7", null, "6"));
            assertThat(conversationOf("2")).containsExactly("1", "2", "3");
            assertThat(conversationOf("4")).containsExactly("4");
            assertThat(conversationOf("6")).containsExactly("6", "7");
            assertThat(conversationOf("7")).containsExactly("6", "7");
            Imported.posts(door, reply("8", null, "3"), reply("10", null, "8"));
            assertThat(conversationOf("1")).as("answers that name no conversation").containsExactly("1", "2", "3", "8", "10");
            assertThat(conversationOf("10")).containsExactly("1", "2", "3", "8", "10");
        });
    }

    private List<String> conversationOf(String id) {
        CollectedPost post = posts.list(PostFilter.ALL, Page.of(null, null)).stream().filter(one -> one.tweetId().equals(id)).findFirst().orElseThrow();
        return posts.conversation(post).stream().map(CollectedPost::tweetId).toList();
    }

    private static Post reply(String id, @Nullable String conversation, @Nullable String parent) {
        return new Post(id, "reef", "Words", Instant.now().plusSeconds(Long.parseLong(id) - 60), "en", conversation, parent, PostCounts.NONE);
    }

    @Test
    void seenAgainAPostKeepsItsPlaceAndOnlyItsCountsChange() {
        person.tenant().run(() -> {
            assertThat(pages.store(Network.X, new PostPage(List.of(post("1", "reef", "Words"), post("1", "reef", "Words")), null, null, List.of()))).isEqualTo(1);
            markProcessed(posts.list(PostFilter.ALL, Page.of(null, null)).getFirst().id());
            Post again = new Post("1", "reef", "Other", Instant.now(), null, null, null, new PostCounts(9, 8, 7));
            assertThat(pages.store(Network.X, new PostPage(List.of(again, post("2", "reef", "New")), null, null, List.of()))).isEqualTo(1);
            CollectedPost first = posts.list(PostFilter.of("processed", null, null), Page.of(null, null)).getFirst();
            assertThat(first.content()).isEqualTo("Words");
            assertThat(first.likes()).isEqualTo(9);
            assertThat(pages.store(Network.SANDBOX, new PostPage(List.of(post("1", "reef", "Elsewhere")), null, null, List.of()))).isEqualTo(1);
        });
    }

    @Test
    void aPostThatAFileGaveWithoutIdIsTheOneThatIsCollectedLater() {
        for (String time : List.of("2025-03-12 09:15:30", "2025-03-12 09:15", "2025-03-12")) {
            String text = "Written at " + time;
            TestAnswer imported = person.api().send("POST", IMPORT, BodyPublishers.ofString("author,text,created_at\nreef," + text + "," + time + "\n"), "text/csv");
            assertThat(imported.json().at("/imported").intValue()).as(imported.body()).isEqualTo(1);
            person.tenant().run(() -> {
                UUID before = posts.list(PostFilter.of(null, null, text), Page.of(null, null)).getFirst().id();
                Post collected = new Post("1899764561337417728", "reef", text, Instant.parse("2025-03-12T09:15:30Z"), "en", null, null, PostCounts.NONE);
                assertThat(pages.store(Network.X, new PostPage(List.of(collected), null, null, List.of()))).as("none is new").isZero();
                assertThat(posts.list(PostFilter.ALL, Page.of(null, null))).singleElement()
                        .matches(post -> post.id().equals(before) && post.tweetId().equals(collected.id()) && post.createdAt().equals(collected.createdAt()));
                door.sql("delete from public.tweets_cache where user_id = :tenant").update();
            });
        }
    }

    @Test
    void aReplyToAnEarlierVersionBecomesOneToTheNewest() {
        Instant first = Instant.parse("2025-03-12T09:15:30Z");
        person.tenant().run(() -> {
            Post early = new Post("4", "reef", "Early", first, "en", "1", "1", PostCounts.NONE);
            Post late = new Post("5", "reef", "Late", first, "en", "1", "2", PostCounts.NONE);
            Post edited = new Post("3", "reef", "Third", first, "en", "1", null, PostCounts.NONE);
            pages.store(Network.X, new PostPage(List.of(early), null, null, List.of()));
            pages.store(Network.X, new PostPage(List.of(edited), null, null, List.of(), Map.of("3", List.of("1", "2")), 0, null));
            pages.store(Network.X, new PostPage(List.of(late), null, null, List.of()));
            assertThat(posts.list(PostFilter.ALL, Page.of(null, null))).extracting(post -> post.tweetId() + " " + post.conversationId() + " " + post.inReplyToId())
                    .containsExactlyInAnyOrder("3 3 null", "4 3 3", "5 3 3");
        });
    }

    @Test
    void anEarlierVersionOnALaterPageIsNotStoredBesideThePost() {
        Instant first = Instant.parse("2025-03-12T09:15:30Z");
        person.tenant().run(() -> {
            Post edited = new Post("3", "reef", "Third", first, "en", null, null, PostCounts.NONE);
            assertThat(pages.store(Network.X, new PostPage(List.of(edited), null, null, List.of(), Map.of("3", List.of("1", "2")), 0, null))).isEqualTo(1);
            Post second = new Post("2", "reef", "Second", first.plusSeconds(600), "en", null, null, PostCounts.NONE);
            assertThat(pages.store(Network.X, new PostPage(List.of(second), null, null, List.of(), Map.of("2", List.of("1")), 0, null))).isZero();
            assertThat(posts.list(PostFilter.ALL, Page.of(null, null))).extracting(CollectedPost::content).containsExactly("Third");
        });
    }

    @Test
    void countsAreRefreshedWhereTheyAreStaleAndYoung() {
        person.tenant().run(() -> {
            Post old = new Post("5", "reef", "Old", Instant.now().minus(Duration.ofDays(30)), null, null, null, PostCounts.NONE);
            pages.store(Network.X, new PostPage(List.of(post("1", "reef", "A"), post("2", "reef", "B"), old), null, null, List.of()));
            assertThat(posts.withStaleCounts(Network.X, Duration.ofDays(7), Duration.ofMinutes(10))).isEmpty();
            assertThat(posts.withStaleCounts(Network.X, Duration.ofDays(7), Duration.ofSeconds(-60))).containsExactly("1", "2");

            posts.refreshCounts(Network.X, List.of("1", "2", "99"), Map.of("1", new PostCounts(4, 3, 2)));
            assertThat(posts.list(PostFilter.of(null, null, "A"), Page.of(null, null)).getFirst().likes()).isEqualTo(4);
            assertThat(posts.list(PostFilter.of(null, null, "B"), Page.of(null, null)).getFirst().likes()).isEqualTo(1);
        });
    }

    @Test
    void anArchiveIsImportedOnceHoweverItIsSent() {
        String archive = tweetsJs(tweet("1", "one &amp; only"), tweet("2", "two"), "{\"tweet\": {\"id_str\": \"x\"}}");
        TestAnswer raw = person.api().send("POST", IMPORT + "?author=%40Reef", BodyPublishers.ofString(archive), "application/javascript");
        assertThat(raw.status()).isEqualTo(200);
        assertThat(raw.json().at("/imported").intValue()).isEqualTo(2);
        assertThat(raw.json().at("/rejected_count").intValue()).isEqualTo(1);
        assertThat(raw.json().at("/rejected/0/line").intValue()).isEqualTo(3);
        assertThat(raw.text("/rejected/0/reason")).isEqualTo("This is not a published post from X.");

        TestAnswer form = form(part("file\"; filename=\"tweets.js", archive), part("author", "reef"));
        assertThat(form.json().at("/imported").intValue()).isZero();
        assertThat(form.json().at("/skipped").intValue()).isEqualTo(2);
        TestAnswer unnamedType = person.api().send("POST", IMPORT + "?author=reef", BodyPublishers.ofString(archive), "application/x-www-form-urlencoded");
        assertThat(unnamedType.json().at("/skipped").intValue()).isEqualTo(2);

        TestAnswer listed = person.get("/api/tweets/cache?q=only");
        assertThat(listed.text("/tweets/0/content")).isEqualTo("one & only");
        assertThat(listed.text("/tweets/0/author")).isEqualTo("reef");
        assertThat(listed.text("/tweets/0/source")).isEqualTo("imported");
        assertThat(people.aPerson().api().send("POST", IMPORT + "?author=reef", BodyPublishers.ofString(archive), "").json().at("/imported").intValue()).isEqualTo(2);
    }

    @Test
    void aZipNeedsNoAuthorAndAnArchiveAloneDoes() {
        byte[] whole = zip("data/tweets.js", tweetsJs(tweet("1", "one")), "data/account.js", Archives.ACCOUNT);
        TestAnswer zipped = person.api().send("POST", IMPORT, BodyPublishers.ofByteArray(whole), "application/zip");
        assertThat(zipped.json().at("/imported").intValue()).isEqualTo(1);
        assertThat(ids("?author=reefkeeper")).containsExactly("1");

        TestAnswer alone = form(part("file\"; filename=\"tweets.js", tweetsJs(tweet("2", "two"))));
        assertThat(alone.status()).isEqualTo(400);
        assertThat(alone.text("/errors/0/field")).isEqualTo("author");
        assertThat(ids("?q=two")).isEmpty();
    }

    @Test
    void anUploadThatIsNoListOfPostsIsRefused() {
        TestAnswer image = person.api().send("POST", IMPORT + "?author=reef", BodyPublishers.ofString("\u0089PNG\r\n"), "text/csv");
        assertThat(image.status()).isEqualTo(415);
        assertThat(image.text("/error_code")).isEqualTo("unsupported_format");
        TestAnswer table = person.api().send("POST", IMPORT, BodyPublishers.ofString("Datum;Betrag\n1.1.2026;5\n"), "text/csv");
        assertThat(table.status()).isEqualTo(415);
        assertThat(table.text("/error")).contains("“Datum”, “Betrag” holds the text of posts");
        assertThat(person.api().post(IMPORT).text("/errors/0/field")).isEqualTo("file");
        assertThat(form(part("author", "reef")).text("/errors/0/field")).isEqualTo("file");
        assertThat(form(part("user_id", "x"), part("file", "[]")).text("/errors/0/field")).isEqualTo("user_id");
        assertThat(person.api().send("POST", IMPORT, BodyPublishers.ofString("no parts"), "multipart/form-data; boundary=b").status()).isEqualTo(400);
        assertThat(people.aStranger().send("POST", IMPORT, BodyPublishers.ofString("[]"), "").status()).isEqualTo(401);
    }

    private TestAnswer form(String... parts) {
        String body = String.join("", parts) + "--tide--\r\n";
        return person.api().send("POST", IMPORT, BodyPublishers.ofString(body, StandardCharsets.UTF_8), "multipart/form-data; boundary=tide");
    }

    private static String part(String name, String content) {
        return "--tide\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
    }

    /** As an agent that reads posts will. */
    private void markProcessed(UUID id) {
        door.sql("update public.tweets_cache set status = 'processed' where user_id = :tenant and id = :id").param("id", id).update();
    }

    private static Post post(String id, String author, String text) {
        return post(id, author, text, 1);
    }

    private static Post post(String id, String author, String text, int counts) {
        return new Post(id, author, text, Instant.now().minusSeconds(60).plusSeconds(Long.parseLong(id)), "en", null, null, new PostCounts(counts, counts, counts));
    }

    private List<String> ids(String query) {
        return person.get("/api/tweets/cache" + query).json().at("/tweets").valueStream().map(post -> post.at("/tweet_id").asString()).toList();
    }

    @Test
    void aTenantCollectsAsManyPostsAsItMayHold() {
        CollectedPages bounded = new CollectedPages(TestDoors.bounded(databases, new BoundSetting("tweets_cache", 2)));
        person.tenant().run(() -> {
            assertThat(bounded.store(Network.X, new PostPage(List.of(post("1", "reef", "one"), post("2", "reef", "two")), null, null, List.of()))).isEqualTo(2);
            assertThatThrownBy(() -> bounded.store(Network.X, new PostPage(List.of(post("3", "reef", "three")), null, null, List.of()))).isInstanceOf(Failure.class);
            assertThat(posts.count(PostFilter.ALL)).isEqualTo(2);
        });
    }
}
