package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static social.coral.imports.Archives.tweet;
import static social.coral.imports.Archives.tweetsJs;
import static social.coral.imports.Archives.zip;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import tools.jackson.databind.JsonNode;

/** Posts that an archive leaves out for what they are come with no other file, before or after it. */
@CoralTest
class LeftOutPostsTest {

    private static final String CACHE = "/api/tweets/cache";
    /** Of 1 October 2024, 12:11:36 UTC. */
    private static final String ID = "1841088573646540801";
    private static final String LATER = "1841088573646540899";
    private static final String VERSIONS = "[\"" + ID + "\", \"1841091089222320000\"]";

    @Autowired
    People people;

    private TestPerson person;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-10-01T12:00:00Z", "2024-10-01 12:00", "2024-10-01"})
    void aPostThatIsDeletedOnXIsRecognizedInASheetWithoutIds(String time) {
        String sheet = "text,created_at\nR&D regret,\"" + time + "\"\nkept,2024-10-01\n";
        byte[] archive = archive("deleted-tweets.js", "deleted_tweets", tweet(ID, "R&amp;D regret"));
        importFile(sheet);
        JsonNode first = importFile(archive);
        assertThat(first.at("/left_out/deleted").asInt()).isEqualTo(1);
        assertThat(first.at("/removed/deleted").asInt()).isEqualTo(1);
        assertThat(contents()).containsExactlyInAnyOrder("mine", "kept");
        assertThat(imports().get(1).get("imported").asInt()).isEqualTo(1);

        person = people.aPerson();
        importFile(archive);
        JsonNode later = importFile(sheet);
        assertThat(contents()).containsExactlyInAnyOrder("mine", "kept");
        assertThat(later.get("imported").asInt() + ", " + later.get("skipped").asInt() + ", " + later.at("/left_out/deleted").asInt()).isEqualTo("1, 0, 1");
        assertThat(later.get("notes").findValuesAsString("reason")).contains("An archive that was imported earlier lists a post as deleted on X. It was left out.");

        assertThat(person.delete(CACHE + "/imports/" + imports().get(1).get("id").asString()).status()).isEqualTo(204);
        assertThat(importFile(sheet).get("imported").asInt()).as("after the archive's import is undone").isEqualTo(1);
    }

    @Test
    void aPostThatWasWrittenAgainAfterItsLikeWasDeletedStays() {
        byte[] archive = zip("data/deleted-tweets.js", "window.YTD.deleted_tweets.part0 = [" + tweet(ID, "regret") + "]", "data/tweets.js", tweetsJs(tweet(LATER, "regret")));
        String sheet = "text,created_at\nregret,2024-10-01 12:00\n";
        for (boolean sheetFirst : new boolean[] {true, false}) {
            person = people.aPerson();
            if (sheetFirst) {
                importFile(sheet);
            }
            importFile(archive);
            assertThat(importFile(sheet).get("skipped").asInt()).isEqualTo(1);
            assertThat(posts().findValuesAsString("tweet_id")).containsExactly(LATER);
        }
    }

    @Test
    void theSameArchiveAgainCountsEachDeletedPostOnce() {
        String[] rows = IntStream.range(0, 201).mapToObj(n -> tweet(String.valueOf(Long.parseLong(LATER) + n), "tide " + n)).toArray(String[]::new);
        byte[] archive = zip("data/tweets.js", tweetsJs(rows), "data/z/deleted-tweets.js", "window.YTD.deleted_tweets.part0 = [" + tweet(LATER, "tide 0") + "]");
        for (int times = 0; times < 2; times++) {
            assertThat(importFile(archive).at("/left_out/deleted").asInt()).isEqualTo(1);
        }
        assertThat(imports().get(0).get("left_out").asInt()).isEqualTo(1);
        assertThat(imports().get(0).get("skipped").asInt()).isEqualTo(200);
    }

    @Test
    void aListOfHeadersBesideTheTextsTakesNothingFromThem() {
        String headers = "window.YTD.deleted_tweet_headers.part0 = [{\"tweet\": {\"tweet_id\": \"" + ID
                + "\", \"created_at\": \"Tue Oct 01 12:00:00 +0000 2024\", \"deleted_at\": \"Wed Oct 02 10:00:00 +0000 2024\"}}]";
        importFile(zip("data/deleted-tweet-headers.js", headers, "data/deleted-tweets.js", "window.YTD.deleted_tweets.part0 = [" + tweet(ID, "regret") + "]",
                "data/tweets.js", tweetsJs(tweet(LATER, "mine"))));
        assertThat(importFile("text,created_at\nregret,2024-10-01 12:00\n").at("/left_out/deleted").asInt()).isEqualTo(1);
    }

    /** As what a file lists the post, how its text stands there, and as what it is counted. */
    @ParameterizedTest
    @CsvSource({"twitter-circle-tweet.js,twitter_circle_tweet,secret,circle_posts,lists a post as one to a Twitter Circle",
        "tweets-part1.js,tweets,RT @blue_fish: secret,reposts,lists a post as a repost"})
    void aPostToACircleAndARepostComeFromNoTable(String file, String variable, String text, String count, String told) {
        byte[] archive = archive(file, variable, tweet(ID, text));
        String table = "id,text,created_at\n" + ID + ",secret,2024-10-01 12:00\n";
        importFile(archive);
        JsonNode later = importFile(table);
        assertThat(later.at("/left_out/" + count).asInt() + ", " + later.get("imported").asInt() + ", " + later.get("skipped").asInt()).isEqualTo("1, 0, 0");
        assertThat(later.get("notes").findValuesAsString("reason")).singleElement().asString().containsPattern(told);
        assertThat(contents()).containsExactly("mine");

        person = people.aPerson();
        importFile(table);
        JsonNode first = importFile(archive);
        assertThat(first.at("/left_out/" + count).asInt() + ", " + first.at("/removed/" + count).asInt()).isEqualTo("1, 1");
        assertThat(contents()).containsExactly("mine");
    }

    @Test
    void whatATableTakesForARepostAnArchiveKnowsBetter() {
        importFile("id,text,created_at,is_retweet\n" + ID + ",mine,2024-10-01,true\n");
        assertThat(importFile(tweetsJs(tweet(ID, "mine"))).get("imported").asInt()).isEqualTo(1);
    }

    @Test
    void aRowWithTheTextOfAnEarlierVersionIsNotStoredBesideTheNewest() {
        String first = tweet(ID, "teh reef").replace("12:00:00", "12:11:36");
        String second = tweet("1841091089222320000", "the reef").replace("12:00:00", "12:21:36").replace("[\"1\"]", VERSIONS);
        String sheet = "text,created_at\nteh reef,2024-10-01 12:11\nthe reef,2024-10-01 12:21\n";
        for (List<String> files : List.of(List.of(tweetsJs(second, first), sheet), List.of(sheet, tweetsJs(second, first)), List.of(sheet, tweetsJs(first, second)))) {
            person = people.aPerson();
            files.forEach(this::importFile);
            assertThat(contents()).as(files.toString()).containsExactly("the reef");
        }
    }

    @Test
    void anImportThatRemovesWhatIsDeletedSaysSo() {
        importFile(tweetsJs(tweet(ID, "regret"), tweet(LATER, "mine")));
        JsonNode removing = importFile(archive("deleted-tweets.js", "deleted_tweets", tweet(ID, "regret")));
        assertThat(removing.at("/removed/deleted").asInt() + ", " + removing.get("skipped").asInt()).isEqualTo("1, 0");

        person = people.aPerson();
        importFile(tweetsJs(tweet(ID, "regret"), tweet(LATER, "mine")));
        JsonNode both = importFile(zip("data/tweets.js", tweetsJs(tweet(ID, "regret"), tweet(LATER, "mine")),
                "data/z/deleted-tweets.js", "window.YTD.deleted_tweets.part0 = [" + tweet(ID, "regret") + "]"));
        assertThat(both.get("skipped").asInt()).as("the one that is still here").isEqualTo(1);
        assertThat(both.at("/removed/deleted").asInt()).isEqualTo(1);
        assertThat(imports().get(0).get("skipped").asInt()).isEqualTo(1);
        assertThat(imports().get(1).get("imported").asInt()).isEqualTo(1);
        assertThat(person.get("/api/user/audit?action=posts.imported").json().get("audit").findValuesAsString("subject").getFirst())
                .isEqualTo("0 posts from upload. Removed here: 1 deleted on X");
        assertThat(details(0)).contains("Removed here, since deleted on X").doesNotContain("Here from this import now");
        assertThat(details(1)).contains("Added</dt><dd class=\"num\">2<", "Here from this import now</dt><dd class=\"num\">1<");
    }

    /** An archive with a post of its own beside the list. */
    private static byte[] archive(String file, String variable, String entry) {
        return zip("data/tweets.js", tweetsJs(tweet("1841088573646540777", "mine")), "data/" + file, "window.YTD." + variable + ".part0 = [" + entry + "]");
    }

    private JsonNode importFile(String file) {
        return importFile(file.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode importFile(byte[] file) {
        var answer = person.api().send("POST", CACHE + "/import?author=reef", BodyPublishers.ofByteArray(file), "application/octet-stream");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private String details(int place) {
        return person.browser().get("/tweets/imports/" + imports().get(place).get("id").asString()).body();
    }

    private JsonNode posts() {
        return person.get(CACHE).json().get("tweets");
    }

    private JsonNode imports() {
        return person.get(CACHE + "/imports").json().get("imports");
    }

    private List<String> contents() {
        return posts().findValuesAsString("content");
    }
}
