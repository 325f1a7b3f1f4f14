package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static social.coral.imports.Archives.tweet;
import static social.coral.imports.Archives.tweetsJs;
import static social.coral.imports.Archives.zip;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;

/** Imports in the database: what is stored is what was told, an import corrects an earlier one, and can be taken back. */
@CoralTest
class ImportedPostsTest {

    private static final String CACHE = "/api/tweets/cache";

    @Autowired
    People people;

    private TestPerson person;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
    }

    @Test
    void anImportIsListedWithWhatItStoredAndTakenBackAsAWhole() {
        importFile("june.csv", "id,text,created_at\n1899764561337417728,june one,2025-03-12\n1899764561337417729,june two,2025-03-12\nx,,2025\n");
        importFile("july.csv", "id,text,created_at\n1899764561337417729,june two,2025-03-12\n1899764561337417730,july,2025-03-12\n");

        var imports = person.get(CACHE + "/imports").json().get("imports");
        assertThat(imports.findValuesAsString("file_name")).containsExactly("july.csv", "june.csv");
        assertThat(imports.get(1).get("imported").asInt()).isEqualTo(2);
        assertThat(imports.get(1).get("rejected_count").asInt()).isEqualTo(1);
        assertThat(imports.get(0).get("skipped").asInt()).isEqualTo(1);

        String june = imports.get(1).get("id").asString();
        assertThat(person.delete(CACHE + "/imports/" + june).status()).isEqualTo(204);
        assertThat(contents()).as("what another import has as well stays with it").containsExactlyInAnyOrder("july", "june two");
        assertThat(person.get(CACHE + "/imports").json().get("imports")).hasSize(1);
        assertThat(person.delete(CACHE + "/imports/" + imports.get(0).get("id").asString()).status()).isEqualTo(204);
        assertThat(contents()).isEmpty();
        assertThat(person.delete(CACHE + "/imports/" + june).status()).isEqualTo(404);
    }

    @Test
    void aTableChangesNoTextOfAnotherTable() {
        String ids = "id,text,likes,created_at\n1899764561337417728,%s,1,2025-03-12\n1899764561337417729,%s,2,2025-03-12\n1899764561337417730,%s,3,2025-03-12\n";
        importFile("right.csv", ids.formatted("ships", "a gull", "two gulls"));
        TestAnswer sorted = importFile("sorted.csv", ids.replace(",3,", ",9,").formatted("ships", "two gulls", "a gull"));
        assertThat(sorted.json().at("/corrected").asInt()).isZero();
        assertThat(sorted.json().at("/notes/0/reason").asString()).isEqualTo("2 posts are already here with other texts. They were left as they are (first seen here).");
        assertThat(sorted.json().at("/notes/0/line").asInt()).isEqualTo(3);
        assertThat(contents()).containsExactlyInAnyOrder("ships", "a gull", "two gulls");
    }

    @Test
    void aRowWithAnotherTextGivesThePostOfAnArchiveNoCounts() {
        importFile("tweets.js", tweetsJs(tweet("1841000000000000001", "the tide is in")));
        TestAnswer other = importFile("wrong.csv", "id,text,likes,created_at\n1841000000000000001,quite another thing,5000,2024-10-01T12:00:00Z\n");
        assertThat(other.json().at("/notes/0/reason").asString()).isEqualTo("A post is already here with another text. It was left as it is.");
        assertThat(person.get(CACHE).json().at("/tweets/0/likes").asInt()).isLessThan(5_000);
    }

    @Test
    void aFileNameThatNobodySeesIsNone() {
        for (String name : List.of("\u3164", "\u2800\u00a0", "\u202e\ufe0f", "a\u2028b")) {
            importFile(name, "id,text,created_at\n18997645613374177" + (int) name.charAt(0) % 100 + ",june one,2025-03-12\n");
        }
        assertThat(person.get(CACHE + "/imports").json().get("imports").findValuesAsString("file_name")).containsExactly("a b", "upload", "upload", "upload");
    }

    @Test
    void nobodyTakesBackAnothersImport() {
        importFile("june.csv", "id,text,created_at\n1899764561337417728,june one,2025-03-12\n");
        String june = person.get(CACHE + "/imports").json().get("imports").get(0).get("id").asString();
        assertThat(people.aPerson().delete(CACHE + "/imports/" + june).status()).isEqualTo(404);
        assertThat(contents()).containsExactly("june one");
    }

    @Test
    void anImportThatStoredNothingIsListedWithWhatCameOfIt() {
        importFile("june.csv", "id,text,created_at\nx,,2025\n");
        var imports = person.get(CACHE + "/imports").json().get("imports");
        assertThat(imports).hasSize(1);
        assertThat(imports.get(0).get("imported").asInt()).isZero();
        assertThat(imports.get(0).get("rejected_count").asInt()).isEqualTo(1);
        assertThat(imports.get(0).get("ending").asString()).isEqualTo("complete");
    }

    @Test
    void thePostsOfAnImportAreAttributedToAnotherAuthor() {
        importFile("june.csv", "id,text,created_at\n1899764561337417728,june one,2025-03-12\n");
        String june = person.get(CACHE + "/imports").json().get("imports").get(0).get("id").asString();

        assertThat(person.patch(CACHE + "/imports/" + june, Map.of("author", "@Other_One")).json().get("author").asString()).isEqualTo("other_one");
        assertThat(person.get(CACHE).json().get("tweets").findValuesAsString("author")).containsExactly("other_one");
        assertThat(person.patch(CACHE + "/imports/" + june, Map.of("author", "not a handle")).status()).isEqualTo(400);
    }

    @Test
    void anImportCorrectsWhatAnEarlierOneStoredWorseAndAWorseOneCorrectsNothing() {
        String whole = "The reef grows a millimetre a month where the water is clear. ".repeat(14).strip();
        String cut = whole.substring(0, 270) + "… https://t.co/AbCdEf1234";
        importFile("tweets.js", tweetsJs(tweet("1841000000000000001", cut), tweet("1841000000000000002", "RT @someone else: theirs"), tweet("1841000000000000003", "a &amp;amp; b")));
        assertThat(contents()).hasSize(3);

        byte[] archive = zip("data/tweets.js", tweetsJs(tweet("1841000000000000001", cut), tweet("1841000000000000002", "RT @someone: theirs"), tweet("1841000000000000003", "a &amp; b")),
                "data/note-tweet.js", "window.YTD.note_tweet.part0 = [{\"noteTweet\": {\"noteTweetId\": \"9\", \"createdAt\": \"2024-10-01T12:00:00.000Z\", \"core\": {\"text\": \""
                        + whole + "\"}}}]");
        TestAnswer better = send("archive.zip", archive);
        assertThat(better.json().get("corrected").asInt()).isEqualTo(2);
        assertThat(better.json().get("left_out").get("reposts").asInt()).isEqualTo(1);
        assertThat(contents()).containsExactlyInAnyOrder(whole, "a & b");

        assertThat(importFile("tweets.js", tweetsJs(tweet("1841000000000000001", cut))).json().get("corrected").asInt()).isZero();
        assertThat(contents()).contains(whole);
    }

    @Test
    void anEditedPostKeepsTheTimeOfItsFirstVersionInTheDatabaseToo() {
        String versions = "{\"tweet\": {\"edit_info\": {\"edit\": {\"editControlInitial\": {\"editTweetIds\": [\"1841000000000000001\", \"1841000000000000002\"]}}}, "
                + "\"id_str\": \"1841000000000000002\", \"full_text\": \"the reef\", \"created_at\": \"Tue Oct 01 12:09:00 +0000 2024\"}}";
        TestAnswer answer = importFile("tweets.js", tweetsJs(tweet("1841000000000000001", "teh reef"), versions));
        assertThat(answer.json().get("imported").asInt()).isEqualTo(1);
        assertThat(contents()).containsExactly("the reef");
        assertThat(Instant.parse(person.get(CACHE).json().get("tweets").get(0).get("created_at").asString())).isEqualTo("2024-10-01T12:00:00Z");
    }

    private TestAnswer importFile(String name, String file) {
        return send(name, file.getBytes());
    }

    private TestAnswer send(String name, byte[] file) {
        String form = "--tide\r\nContent-Disposition: form-data; name=\"author\"\r\n\r\nreef\r\n"
                + "--tide\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n";
        TestAnswer answer = person.api().send("POST", CACHE + "/import",
                BodyPublishers.ofByteArrays(List.of(form.getBytes(), file, "\r\n--tide--\r\n".getBytes())), "multipart/form-data; boundary=tide");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private List<String> contents() {
        return person.get(CACHE).json().get("tweets").findValuesAsString("content");
    }
}
