package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static social.coral.imports.Archives.tweet;
import static social.coral.imports.Archives.tweetsJs;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import tools.jackson.databind.JsonNode;

/** Sheets without ids beside one another: a post is one, however much of its time each of them tells. */
@CoralTest
class SheetsWithoutIdsTest {

    private static final String CACHE = "/api/tweets/cache";
    private static final String ID = "1841088573646540801";

    @Autowired
    People people;

    private TestPerson person;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
    }

    @ParameterizedTest
    @CsvSource({"2024-10-01,2024-10-01 12:00", "2024-10-01 12:00,2024-10-01", "2024-10-01,2024-10-01T12:00:00Z", "2024-10-01 12:00,2024-10-01T12:00:30Z", "2024-10-01T12:00:30Z,2024-10-01 12:00"})
    void aPostOfTwoSheetsIsOneAndTheArchiveAfterThemHasItToo(String one, String other) {
        importFile(sheet(one, "hello sea"));
        assertThat(importFile(sheet(other, "hello sea")).get("imported").asInt()).isZero();
        assertThat(importFile(sheet(one, "hello sea")).get("imported").asInt()).isZero();
        assertThat(posts()).singleElement().extracting(post -> post.get("created_at").asString()).asString().startsWith("2024-10-01T12:00");
        importFile(tweetsJs(tweet(ID, "hello sea").replace("12:00:00", one.contains(":30") || other.contains(":30") ? "12:00:30" : "12:00:00")));
        assertThat(posts().findValuesAsString("tweet_id")).containsExactly(ID);
    }

    @Test
    void rowsOfOneSheetAndOtherTimesStayPostsOfTheirOwn() {
        importFile("text,created_at\ngm,2024-10-01 12:00\ngm,2024-10-01 18:00\ngm,2024-10-02 12:00\n");
        assertThat(posts()).hasSize(3);
        assertThat(importFile("text,created_at\ngm,2024-10-01\ngm,2024-10-02\ngm,2024-10-03\n").get("imported").asInt()).isEqualTo(1);
        assertThat(importFile(sheet("2024-10-02 13:00", "gm")).get("imported").asInt()).isEqualTo(1);
        assertThat(importFile("text,created_at\nhello sea,2024-10-01\nhello sea,2024-10-01 12:00\n").get("imported").asInt()).isEqualTo(2);
    }

    @Test
    void aRowWithoutAnIdIsTheOneOfItsOwnFileThatHasIt() {
        JsonNode both = importFile("id,text,created_at\n,hello sea,2024-10-01 12:11\n" + ID + ",hello sea,2024-10-01 12:11\n");
        assertThat(both.get("imported").asInt() + ", " + both.get("skipped").asInt()).isEqualTo("1, 1");
        assertThat(posts().findValuesAsString("tweet_id")).isEqualTo(List.of(ID));
    }

    private static String sheet(String time, String text) {
        return "text,created_at\n" + text + "," + time + "\n";
    }

    private JsonNode importFile(String file) {
        var answer = person.api().send("POST", CACHE + "/import?author=reef", BodyPublishers.ofString(file), "application/octet-stream");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode posts() {
        return person.get(CACHE).json().get("tweets");
    }
}
