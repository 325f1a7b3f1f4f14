package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;
import static social.coral.imports.Archives.tweet;
import static social.coral.imports.Archives.tweetsJs;
import static social.coral.imports.Archives.zip;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.networks.CountedPosts;
import social.coral.networks.Network;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.networks.PostPage;
import social.coral.tenancy.TenantDoor;
import tools.jackson.databind.JsonNode;

/** Which posts are the person's own, and that they stay true to what they came from. */
@CoralTest
class PublishedPostsTest {

    private static final String CACHE = "/api/tweets/cache";
    private static final String ACCOUNT = "window.YTD.account.part0 = [{\"account\": {\"username\": \"Reef\", \"accountId\": \"42\"}}]";

    @Autowired
    People people;

    @Autowired
    TenantDoor door;

    @Autowired
    CollectedPages pages;

    @Autowired
    PublishedPosts published;

    private TestPerson person;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
    }

    private JsonNode importFile(byte[] file) {
        return person.api().send("POST", CACHE + "/import", BodyPublishers.ofByteArray(file), "application/octet-stream").json();
    }

    private JsonNode importTable(String table) {
        return importFile(table.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> own() throws Exception {
        return person.tenant().call(() -> door.sql("""
                select post_id, author, kind, coalesce(cast(likes as text), 'unknown') as likes, count_due_at is not null as due,
                  (select count(*) from public.engagement_metrics as series where series.user_id = :tenant and series.published_post_id = post.id) as series
                from public.published_posts as post where user_id = :tenant order by published_at, post_id
                """).list(row -> "%s @%s %s likes=%s series=%d%s".formatted(row.getString("post_id"), row.getString("author"), row.getString("kind"), row.getString("likes"),
                        row.getInt("series"), row.getBoolean("due") ? " due" : "")));
    }

    private static String days(int ago) {
        return Instant.now().minus(ago, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** An id of X has its time in it. */
    private static String id(int daysAgo) {
        return Long.toString(Instant.parse(days(daysAgo)).toEpochMilli() - 1_288_834_974_657L << 22);
    }

    @Test
    void theOwnerOfAnArchiveHasPublishedItsPostsAndThoseWithoutCountsAreNotTakenForUnloved() throws Exception {
        importFile(zip("data/account.js", ACCOUNT, "data/tweets.js", tweetsJs(tweet("1841088573646540801", "Low tide"))));
        importTable("author,text,created_at\nreef,High tide,2024-10-02T12:00:00Z\n");
        assertThat(own()).hasSize(2).first().asString().startsWith("1841088573646540801 @reef tweet likes=").endsWith(" series=1");
        assertThat(own().getLast()).startsWith("d-").endsWith("@reef tweet likes=unknown series=0");
        assertThat(person.browser().get("/tweets/archive").body()).containsSubsequence("High tide", "Not counted", "Low tide").doesNotContain("0 replies");
    }

    @Test
    void aZeroThatATableTellsIsACountAndAMissingOneIsNot() throws Exception {
        importTable("author,text,created_at,likes,retweets,replies\nreef,Slack,2024-10-04T12:00:00Z,0,,\nreef,High tide,2024-10-03T12:00:00Z,,,\nreef,Low tide,2024-10-02T12:00:00Z,0,0,0\n");
        JsonNode posts = person.get(CACHE).json().at("/tweets");
        assertThat(posts.valueStream().map(post -> post.at("/likes") + " " + post.at("/replies"))).containsExactly("0 null", "null null", "0 0");
        assertThat(person.browser().get("/tweets/archive").body()).containsOnlyOnce("Not counted");
        assertThat(own()).filteredOn(post -> post.contains("likes=unknown")).hasSize(1);
    }

    @Test
    void theArchiveShowsTheNewestMeasurementRatherThanWhatTheFileDidNotTell() {
        importTable("id,author,text,created_at\n%s,reef,Low tide,%s\n".formatted(id(3), days(3)));
        person.tenant().run(() -> {
            PublishedPosts.Due post = published.due(Network.X).getFirst();
            published.store(List.of(post), new CountedPosts(Map.of(post.postId(), new CountedPosts.Count(new PostCounts(32, 7, 2), 1, 1832)), Set.of()), Instant.now());
        });
        assertThat(person.browser().get("/tweets/archive").body()).contains("2 replies", "7 reposts", "32 likes").doesNotContain("Not counted");
        assertThat(person.get(CACHE).json().at("/tweets/0/likes").asInt()).isEqualTo(32);
    }

    @Test
    void onlyPostsYoungEnoughToMoveAreToBeCountedAndAnswersToOneselfAreAThread() throws Exception {
        importTable("""
                id,author,text,created_at,likes,in_reply_to_id
                %s,reef,Old,%s,5,
                %s,reef,Young,%s,5,
                %s,reef,And more,%s,0,%s
                %s,reef,To another,%s,1,%s
                """.formatted(id(400), days(400), id(4), days(4), id(3), days(3), id(4), id(2), days(2), id(5)));
        assertThat(own().stream().map(post -> post.replaceFirst("^[0-9]+ ", ""))).containsExactly(
                "@reef tweet likes=5 series=1", "@reef tweet likes=5 series=1 due", "@reef thread likes=0 series=1 due", "@reef reply likes=1 series=1 due");
    }

    @Test
    void aTableOfManyPeoplesPostsIsNobodysAndItsMainWriterIsItsOwner() throws Exception {
        importTable("author,text,created_at,likes\nreef,One,2024-10-01T12:00:00Z,1\ndeep,Two,2024-10-02T12:00:00Z,1\n");
        assertThat(own()).isEmpty();
        importTable("author,text,created_at,likes\nreef,Three,2024-10-03T12:00:00Z,1\nreef,Four,2024-10-04T12:00:00Z,1\ndeep,Five,2024-10-05T12:00:00Z,1\n");
        assertThat(own()).hasSize(3).allSatisfy(post -> assertThat(post).contains("@reef"));
    }

    @Test
    void whatIsCollectedOfAnOwnAccountLaterIsTakenUpAndWhatOthersWriteIsNot() throws Exception {
        importFile(zip("data/account.js", ACCOUNT, "data/tweets.js", tweetsJs(tweet("1841088573646540801", "Low tide"))));
        Instant now = Instant.now();
        person.tenant().run(() -> {
            pages.store(Network.X, new PostPage(List.of(new Post("1999000000000000001", "reef", "New", now, "en", null, null, new PostCounts(3, 0, 0)),
                    new Post("1999000000000000002", "deep", "Not mine", now, "en", null, null, new PostCounts(3, 0, 0))), null, null, List.of()));
            published.takeUpYoung();
        });
        assertThat(own()).hasSize(2).last().asString().isEqualTo("1999000000000000001 @reef tweet likes=3 series=1 due");
    }

    @Test
    void whatIsAttributedForgottenOrTakenBackIsSoHereTooAndACorrectionKeepsTheSeries() throws Exception {
        JsonNode first = importFile(zip("data/account.js", ACCOUNT, "data/tweets.js", tweetsJs(tweet("1841088573646540801", "Low tide"), tweet("1841088573646540802", "High tide"))));
        assertThat(first.get("imported").asInt()).isEqualTo(2);
        String id = person.get(CACHE + "/imports").json().at("/imports/0/id").asString();
        assertThat(person.patch(CACHE + "/imports/" + id, Map.of("author", "new_reef")).status()).isLessThan(400);
        assertThat(own()).hasSize(2).allSatisfy(post -> assertThat(post).contains("@new_reef").contains("series=1"));

        String post = person.get(CACHE + "?limit=1").json().at("/tweets/0/id").asString();
        person.tenant().run(() -> door.transaction(() -> {
            door.sql("delete from public.tweets_cache where user_id = :tenant and id = :id").param("id", UUID.fromString(post)).update();
            door.removed(CollectedPosts.TABLE);
        }));
        assertThat(own()).hasSize(1);
        assertThat(person.delete(CACHE + "/imports/" + id).status()).isLessThan(300);
        assertThat(own()).isEmpty();
    }
}
