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
import social.coral.TestAnswer;
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

    /** The second sheet tells as much of the time as the first, less or more. */
    @ParameterizedTest
    @CsvSource({"2024-10-01 12:00,2024-10-01 12:00", "2024-10-01,2024-10-01 12:00", "2024-10-01T12:00:30Z,2024-10-01 12:00", "2024-10-01 12:00,2024-10-01T12:00:30Z"})
    void aPostOfTwoSheetsInOneUploadIsOneWhetherItIsHereAlreadyOrNot(String one, String other) {
        for (boolean known : new boolean[] {false, true}) {
            person = people.aPerson();
            if (known) {
                importFile(sheet(one, "hello sea"));
            }
            JsonNode both = importFiles(sheet(one, "hello sea") + "only here,2024-10-02\n", sheet(other, "hello sea") + "only there,2024-10-03\n");
            assertThat(both.get("imported").asInt()).isEqualTo(known ? 2 : 3);
            assertThat(both.get("skipped").asInt() + both.get("corrected").asInt()).isEqualTo(known ? 2 : 1);
            assertThat(both.get("notes").toString()).doesNotContain("Two rows without ids");
            assertThat(posts()).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"it’s “fine”, said the sea|it's \"fine\", said the sea", "tides at example.org/tides/2024-… today|tides at https://www.example.org/tides/2024-10 today",
        "thank you all|@blue @red thank you all", "“it’s fine”|\"it's fine\""})
    void whatTwoProgramsWriteInTwoWaysIsOnePost(String one, String other) {
        for (String time : List.of("2024-10-01 12:00", "2024-10-01T12:00:00Z")) {
            person = people.aPerson();
            importFile("text,created_at\n\"" + one.replace("\"", "\"\"") + "\"," + time + "\n");
            assertThat(importFile("text,created_at\n\"" + other.replace("\"", "\"\"") + "\"," + time + "\n").get("imported").asInt()).isZero();
            importFile(tweetsJs(tweet(ID, other.replace("\"", "\\\""))));
            assertThat(posts().findValuesAsString("tweet_id")).containsExactly(ID);
        }
    }

    @Test
    void anyNumberOfPostsOfOneMinuteIsFoundAgain() {
        StringBuilder sheet = new StringBuilder("text,created_at\n");
        StringBuilder precise = new StringBuilder("text,created_at\n");
        for (int i = 0; i < 700; i++) {
            sheet.append("the tide no ").append(i).append(",2024-10-01 12:00\n");
            precise.append("the tide no ").append(699 - i).append(",2024-10-01T12:00:").append(10 + i % 50).append("Z\n");
        }
        for (List<String> files : List.of(List.of(sheet.toString(), precise.toString()), List.of(precise.toString(), sheet.toString()))) {
            person = people.aPerson();
            importFile(files.getFirst());
            assertThat(importFile(files.getLast()).get("imported").asInt()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"2024-10-01, true", "2024-10-01 12:00, true", "2024-10-01T12:00:00Z, false", "2024-10-01 12:00:00+02:00, false", "2024-10-01 12:00 UTC, false"})
    void thatADateIsReadAsUtcIsToldWhereTheFileDoesNotSaySo(String time, boolean told) {
        assertThat(importFile(sheet(time, "hello sea")).get("notes").toString().contains("names no time zone. It was read as UTC")).isEqualTo(told);
        assertThat(importFile("id,text,created_at\n" + ID + ",another,2024-10-01 12:11:36\n").get("notes").toString()).doesNotContain("time zone");
    }

    @Test
    void quotesAreOneWritingOnADayToo() {
        importFile("text,created_at\n“hello” sea,2024-10-01\n");
        assertThat(importFile("text,created_at\n\"\"\"hello\"\" sea\",2024-10-01 12:00\n").get("imported").asInt()).isZero();
    }

    @Test
    void thanksToTwoPeopleInOneMinuteStayTwoPosts() {
        importFile("text,created_at\n@blue thanks,2024-10-01 12:00\n@red thanks,2024-10-01 12:00\n");
        assertThat(importFile("text,created_at\nthanks,2024-10-01 12:00\n@red thanks,2024-10-01 12:00\n").get("imported").asInt()).isZero();
        assertThat(posts()).hasSize(2);
    }

    @Test
    void textsThatXCutOffAreCountedInTheDatabase() {
        String cut = "The tide comes in. ".repeat(6) + "Then… https://t.co/aaaaaaaaa1";
        assertThat(importFile(tweetsJs(tweet(ID, cut))).get("notes").findValuesAsString("reason")).containsExactly("A text breaks off, and its long text was in no file.");
        assertThat(importFile(tweetsJs(tweet(ID, cut))).get("notes")).isEmpty();
    }

    private static String sheet(String time, String text) {
        return "text,created_at\n" + text + "," + time + "\n";
    }

    /** Sends the author last, as a form may. */
    private JsonNode importFiles(String one, String other) {
        StringBuilder form = new StringBuilder();
        for (String file : List.of(one, other)) {
            form.append("--tide\r\nContent-Disposition: form-data; name=\"file\"; filename=\"").append(file.length()).append(".csv\"\r\n\r\n").append(file).append("\r\n");
        }
        form.append("--tide\r\nContent-Disposition: form-data; name=\"author\"\r\n\r\nreef\r\n--tide--\r\n");
        return json(person.api().send("POST", CACHE + "/import", BodyPublishers.ofString(form.toString()), "multipart/form-data; boundary=tide"));
    }

    private JsonNode importFile(String file) {
        return json(person.api().send("POST", CACHE + "/import?author=reef", BodyPublishers.ofString(file), "application/octet-stream"));
    }

    private static JsonNode json(TestAnswer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode posts() {
        return person.get(CACHE).json().get("tweets");
    }
}
