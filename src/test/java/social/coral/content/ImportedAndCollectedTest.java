package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;
import static social.coral.imports.Archives.tweet;
import static social.coral.imports.Archives.tweetsJs;
import static social.coral.imports.Archives.zip;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
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
import social.coral.TestPerson;
import social.coral.api.Page;
import social.coral.networks.Network;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.networks.PostPage;
import tools.jackson.databind.JsonNode;

/** A post that was collected from its account and imported from a file is one post, and both. */
@CoralTest
class ImportedAndCollectedTest {

    private static final String CACHE = "/api/tweets/cache";
    private static final String ID = "1841088573646540801";
    private static final Instant TIME = Instant.parse("2024-10-01T12:00:00Z");
    private static final String WHOLE = "The tide comes in where the water is clear. ".repeat(10).strip();
    private static final String MARKED = WHOLE.substring(0, 270) + "… https://t.co/AbCdEfGhI1";
    private static final String NOTE = """
            window.YTD.note_tweet.part0 = [{"noteTweet": {"noteTweetId": "1", "createdAt": "2024-10-01T12:00:00.000Z", "core": {"text": "%s"}}}]""".formatted(WHOLE);
    private static final PostCounts COUNTS = new PostCounts(90, 8, 7);

    @Autowired
    People people;

    @Autowired
    CollectedPosts posts;

    @Autowired
    CollectedPages pages;

    private TestPerson person;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
    }

    @ParameterizedTest
    @ValueSource(strings = {"marked", "unmarked"})
    void aPostThatWasCollectedCutOffGetsItsWholeTextFromTheArchiveAndKeepsTheRest(String cut) {
        collect(ID, cut.equals("marked") ? MARKED : WHOLE.substring(0, 270));
        CollectedPost before = only();
        JsonNode archive = importFile(zip("data/tweets.js", tweetsJs(tweet(ID, MARKED)), "data/note-tweet.js", NOTE));
        assertThat(archive.get("corrected").asInt() + ", " + archive.get("skipped").asInt() + ", " + archive.get("imported").asInt()).isEqualTo("1, 0, 0");
        assertThat(archive.get("notes").toString()).doesNotContain("fits none");
        CollectedPost after = only();
        assertThat(after.content()).isEqualTo(WHOLE);
        assertThat(List.of(after.id(), after.author(), after.likes(), after.source(), after.countsAt(), after.createdAt()))
                .containsExactly(before.id(), before.author(), 90, CollectedPost.Source.COLLECTED, before.countsAt(), before.createdAt());
        assertThat(importFile(tweetsJs(tweet(ID, MARKED))).get("corrected").asInt()).isZero();
        assertThat(only().content()).isEqualTo(WHOLE);
    }

    @Test
    void aTableCompletesACollectedTextAndChangesNoOther() {
        collect(ID, MARKED);
        assertThat(importFile("id,text,created_at,likes\n%s,%s,2024-10-01,500\n".formatted(ID, WHOLE)).get("corrected").asInt()).isEqualTo(1);
        assertThat(only().content() + only().likes()).isEqualTo(WHOLE + 90);
        JsonNode other = importFile("id,text,created_at\n%s,quite another thing,2024-10-01\n".formatted(ID));
        assertThat(other.get("notes").findValuesAsString("reason")).singleElement().asString().contains("another text");
        assertThat(only().content()).isEqualTo(WHOLE);
    }

    @Test
    void aLongTextWhosePostWasCollectedWholeIsThereAlready() {
        collect(ID, WHOLE);
        JsonNode archive = importFile(zip("data/account.js", "window.YTD.account.part0 = [{\"account\": {\"username\": \"reef\", \"accountId\": \"42\"}}]",
                "data/tweets.js", tweetsJs(tweet("1841088573646549999", "another")), "data/note-tweet.js", NOTE));
        assertThat(archive.get("notes").toString()).doesNotContain("fits none");
        assertThat(archive.get("corrected").asInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"marked", "unmarked"})
    void aPostThatWasImportedWholeIsNotCutWhenItIsCollected(String cut) {
        importFile(tweetsJs(tweet(ID, WHOLE)));
        collect(ID, cut.equals("marked") ? MARKED : WHOLE.substring(0, 270));
        assertThat(only().content()).isEqualTo(WHOLE);
        assertThat(only().source()).isEqualTo(CollectedPost.Source.COLLECTED);
        collect(ID, "Written anew");
        assertThat(only().content()).isEqualTo(WHOLE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPostThatIsBothIsFoundAsEitherAndStaysCollectedWhenItsImportIsUndone(boolean importedFirst) {
        if (importedFirst) {
            importFile(tweetsJs(tweet(ID, "at the reef"), tweet("1841088573646549999", "only here")));
            collect(ID, "at the reef");
        } else {
            collect(ID, "at the reef");
            importFile(tweetsJs(tweet(ID, "at the reef"), tweet("1841088573646549999", "only here")));
        }
        String file = person.get(CACHE + "/imports").json().at("/imports/0/id").asString();
        assertThat(found("?source=collected")).containsExactly("at the reef");
        for (String way : List.of("?source=imported", "?source=imported&status=unprocessed", "?source=imported&author=reef", "?import_id=" + file, "?source=imported&import_id=" + file)) {
            assertThat(found(way)).as(way).containsExactlyInAnyOrder("at the reef", "only here");
        }
        assertThat(person.browser().get("/tweets/archive?file=" + file).body()).contains("at the reef", "only here");
        assertThat(person.browser().get("/tweets/imports/" + file + "/take-back").body()).contains("<strong>1 post</strong>");

        assertThat(person.delete(CACHE + "/imports/" + file).status()).isEqualTo(204);
        assertThat(found("")).containsExactly("at the reef");
        assertThat(found("?source=imported")).isEmpty();
        assertThat(only().importId()).isNull();
        assertThat(person.get("/api/user/audit?action=import.deleted").json().get("audit").findValuesAsString("subject")).containsExactly("upload: 1 post");
    }

    @Test
    void aPostThatIsBothPassesToTheOtherImportThatHasIt() {
        importFile(tweetsJs(tweet(ID, "at the reef")));
        collect(ID, "at the reef");
        importFile(tweetsJs(tweet(ID, "at the reef")));
        JsonNode both = person.get(CACHE + "/imports").json().get("imports");
        assertThat(person.delete(CACHE + "/imports/" + both.get(1).get("id").asString()).status()).isEqualTo(204);
        assertThat(only().importId()).isEqualTo(UUID.fromString(both.get(0).get("id").asString()));
        JsonNode left = person.get(CACHE + "/imports").json().at("/imports/0");
        assertThat(left.get("imported").asInt() + ", " + left.get("skipped").asInt()).as("it brought none").isEqualTo("0, 1");
        assertThat(person.browser().get("/tweets/archive").body()).contains(left.get("id").asString());
    }

    @Test
    void anImportThatIsAttributedLeavesTheAuthorOfWhatWasCollected() {
        importFile(tweetsJs(tweet(ID, "at the reef")));
        collect(ID, "at the reef");
        String file = person.get(CACHE + "/imports").json().at("/imports/0/id").asString();
        assertThat(person.patch(CACHE + "/imports/" + file, Map.of("author", "blue_fish")).status()).isEqualTo(200);
        assertThat(only().author()).isEqualTo("reef");
    }

    private void collect(String id, String text) {
        person.tenant().run(() -> pages.store(Network.X, new PostPage(List.of(new Post(id, "reef", text, TIME, "en", null, null, COUNTS)), null, null, List.of())));
    }

    private CollectedPost only() {
        List<CollectedPost> all = new ArrayList<>();
        person.tenant().run(() -> all.addAll(posts.list(PostFilter.ALL, Page.of(null, null))));
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private List<String> found(String query) {
        return person.get(CACHE + query).json().get("tweets").findValuesAsString("content");
    }

    private JsonNode importFile(String file) {
        return importFile(file.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode importFile(byte[] file) {
        var answer = person.api().send("POST", CACHE + "/import?author=reef", BodyPublishers.ofByteArray(file), "application/octet-stream");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }
}
