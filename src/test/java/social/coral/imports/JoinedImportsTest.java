package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static social.coral.imports.Archives.tweet;
import static social.coral.imports.Archives.tweetsJs;
import static social.coral.imports.Archives.zip;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.networks.PostIds;
import tools.jackson.databind.JsonNode;

/** One import after the other: what several files say of one post is one post, with its own author. */
@CoralTest
class JoinedImportsTest {

    private static final String CACHE = "/api/tweets/cache";
    /** Of 1 October 2024, 12:00:00 UTC. */
    private static final String ID = "1841088573646540801";
    private static final String LATER = "1841088573646540899";
    private static final String EDITED = """
            {"tweet": {"edit_info": {"edit": {"editControlInitial": {"editTweetIds": ["%s", "%s"]}}}, "id_str": "%s", "full_text": "the reef",
            "created_at": "Tue Oct 01 12:09:00 +0000 2024"}}""".formatted(ID, LATER, LATER);
    private static final String REPLY = """
            {"tweet": {"id_str": "1841088573646540999", "full_text": "a reply", "created_at": "Tue Oct 01 13:00:00 +0000 2024", "in_reply_to_status_id_str": "%s"}}"""
            .formatted(ID);

    @Autowired
    People people;

    private TestPerson person;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
    }

    @Test
    void anOldVersionOfAnEditedPostIsNotStoredBesideItWhicheverFileComesFirst() {
        assertThat(importFile(tweetsJs(EDITED)).get("imported").asInt()).isEqualTo(1);
        JsonNode older = importFile(tweetsJs(tweet(ID, "teh reef")));
        assertThat(older.get("imported").asInt()).isZero();
        assertThat(older.get("left_out").get("older_versions").asInt()).isEqualTo(1);
        assertThat(contents()).containsExactly("the reef");
        assertThat(importFile(tweetsJs(tweet(ID, "teh reef"), EDITED)).get("corrected").asInt()).isZero();

        person = people.aPerson();
        importFile(tweetsJs(tweet(ID, "teh reef")));
        importFile(tweetsJs(EDITED));
        assertThat(contents()).containsExactly("the reef");
    }

    @Test
    void aPostThatManyImportsHaveStaysAsLongAsOneOfTheNewestIsThere() {
        String file = tweetsJs(tweet(ID, "the reef"));
        for (int i = 0; i < 23; i++) {
            importFile(file);
        }
        for (int i = 0; i < 22; i++) {
            assertThat(person.delete(CACHE + "/imports/" + oldest()).status()).isEqualTo(204);
        }
        assertThat(contents()).containsExactly("the reef");
        assertThat(imports()).singleElement().matches(left -> left.get("imported").asInt() == 1);
        assertThat(person.delete(CACHE + "/imports/" + oldest()).status()).isEqualTo(204);
        assertThat(contents()).isEmpty();
    }

    @Test
    void sheetsWithoutIdsThatGetTheSameAuthorAreOneAgain() {
        String sheet = "text,created_at\nLow tide,2024-10-01T12:00:07Z\nHigh tide,2024-10-01T12:01:07Z\n";
        for (boolean renamed : new boolean[] {false, true}) {
            person = people.aPerson();
            importFile(sheet.getBytes(StandardCharsets.UTF_8), "aa");
            if (renamed) {
                assertThat(person.patch(CACHE + "/imports/" + oldest(), Map.of("author", "cc")).status()).isEqualTo(200);
            }
            importFile(sheet.getBytes(StandardCharsets.UTF_8), "bb");
            assertThat(contents()).hasSize(4);
            assertThat(person.patch(CACHE + "/imports/" + imports().get(0).get("id").asString(), Map.of("author", renamed ? "cc" : "aa")).status()).isEqualTo(200);
            assertThat(contents()).containsExactlyInAnyOrder("Low tide", "High tide");
            assertThat(imports()).extracting(one -> one.get("imported").asInt()).containsExactly(0, 2);
        }
    }

    @Test
    void anEditedPostKeepsTheTimeOfItsFirstVersionWhateverComesAfterwards() {
        String middle = "1841088573646540850";
        String edited = """
                {"tweet": {"edit_info": {"edit": {"editControlInitial": {"editTweetIds": [%s]}}}, "id_str": "%s", "full_text": "the reef",
                "created_at": "Tue Oct 01 12:0%d:00 +0000 2024"}}""";
        String second = edited.formatted("\"%s\", \"%s\"".formatted(ID, middle), middle, 5);
        String third = edited.formatted("\"%s\", \"%s\", \"%s\"".formatted(ID, middle, LATER), LATER, 9);
        importFile(tweetsJs(tweet(ID, "teh reef"), third));
        for (String later : List.of("id,created_at,text\n" + middle + ",2024-10-01 12:05:00,the reeef\n", tweetsJs(second), tweetsJs(third), tweetsJs(second, third))) {
            assertThat(importFile(later).get("corrected").asInt()).as(later).isZero();
            assertThat(posts()).singleElement().extracting(post -> Instant.parse(post.get("created_at").asString())).isEqualTo(Instant.parse("2024-10-01T12:00:00Z"));
        }
    }

    @Test
    void aPostThatAnArchiveListsAsDeletedComesBackWithNoLaterFileUntilThatImportIsUndone() {
        String list = "window.YTD.deleted_tweets.part0 = [" + tweet(ID, "gone") + "]";
        importFile(tweetsJs(tweet(ID, "gone")));
        assertThat(importFile(zip("data/tweets.js", tweetsJs(tweet(LATER, "kept")), "data/deleted-tweets.js", list)).at("/left_out/deleted").asInt()).isEqualTo(1);
        assertThat(contents()).containsExactly("kept");
        assertThat(imports().findValues("imported")).extracting(JsonNode::asInt).as("what is left with each").containsExactly(1, 0);

        JsonNode again = importFile(tweetsJs(tweet(ID, "gone")));
        assertThat(again.at("/left_out/deleted").asInt()).isEqualTo(1);
        assertThat(again.at("/notes/0/reason").asString()).contains("lists a post as deleted on X");
        assertThat(person.delete(CACHE + "/imports/" + imports().get(1).get("id").asString()).status()).isEqualTo(204);
        assertThat(importFile(tweetsJs(tweet(ID, "gone"))).get("imported").asInt()).isEqualTo(1);
    }

    @Test
    void aPostOfWhichAnEarlierImportHadAnotherVersionStaysWithItWhenTheLaterOneIsUndone() {
        importFile(tweetsJs(tweet(ID, "teh reef")));
        importFile(tweetsJs(EDITED));
        assertThat(person.delete(CACHE + "/imports/" + imports().get(0).get("id").asString()).status()).isEqualTo(204);
        assertThat(contents()).containsExactly("the reef");
        assertThat(imports().findValues("imported")).extracting(JsonNode::asInt).containsExactly(1);
    }

    @Test
    void aReplyToAnOldVersionPointsToThePostThatIsStored() {
        importFile(tweetsJs(REPLY, tweet(ID, "teh reef"), EDITED));
        assertThat(repliesTo()).containsExactly(LATER);

        person = people.aPerson();
        importFile(tweetsJs(REPLY));
        assertThat(repliesTo()).containsExactly(ID);
        importFile(tweetsJs(EDITED));
        assertThat(repliesTo()).containsExactly(LATER);
        assertThat(importFile(tweetsJs(REPLY)).get("corrected").asInt()).isZero();
        assertThat(repliesTo()).containsExactly(LATER);

        person = people.aPerson();
        importFile(tweetsJs(EDITED));
        importFile(tweetsJs(REPLY));
        assertThat(repliesTo()).containsExactly(LATER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-10-01T12:00:00Z", "2024-10-01 12:00", "2024-10-01"})
    void aPostOfASheetWithoutIdsIsTheOneOfTheArchiveThatComesLater(String time) {
        assertThat(importFile("text,created_at\nR&D at the reef,\"" + time + "\"\nonly here,2024-10-01\n").get("imported").asInt()).isEqualTo(2);
        JsonNode archive = importFile(tweetsJs(tweet(ID, "R&amp;D at the reef")));
        assertThat(archive.get("imported").asInt()).isZero();
        assertThat(archive.get("corrected").asInt()).isEqualTo(1);
        assertThat(contents()).containsExactlyInAnyOrder("R&D at the reef", "only here");
        JsonNode post = posts().valueStream().filter(one -> one.get("tweet_id").asString().equals(ID)).findFirst().orElseThrow();
        assertThat(Instant.parse(post.get("created_at").asString())).isEqualTo("2024-10-01T12:00:00Z");
        assertThat(post.get("likes").asInt()).isEqualTo(5);

        assertThat(importFile(tweetsJs(tweet(ID, "R&amp;D at the reef"))).get("skipped").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-10-01T12:00:00Z", "2024-10-01 12:00", "2024-10-01"})
    void aSheetWithoutIdsAddsNothingToTheArchiveThatCameBefore(String time) {
        importFile(tweetsJs(tweet(ID, "at the reef"), tweet(LATER, "at the reef")));
        JsonNode sheet = importFile("text,created_at\nat the reef,\"" + time + "\"\nonly here,2024-10-01\n");
        assertThat(sheet.get("imported").asInt()).isEqualTo(1);
        assertThat(contents()).containsExactlyInAnyOrder("at the reef", "at the reef", "only here");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 150, 250})
    void rowsWithAndWithoutIdsAreOnePostEachAlsoWhenTheyComeAtOnce(int posts) {
        List<String> withIds = new ArrayList<>();
        List<String> without = new ArrayList<>();
        List<String> mixed = new ArrayList<>();
        for (int i = 0; i < posts; i++) {
            String time = "%d:%02d".formatted(12 + i / 60, i % 60);
            withIds.add("{\"id_str\": \"%d\", \"full_text\": \"the tide no %d\", \"created_at\": \"Tue Oct 01 %s:30 +0000 2024\"}".formatted(Long.parseLong(ID) + i, i, time));
            without.add("{\"text\": \"the tide no %d\", \"created_at\": \"2024-10-01 %s\"}".formatted(i, time));
            mixed.addAll(List.of(withIds.getLast(), without.getLast()));
        }
        for (List<String> rows : List.of(Stream.concat(withIds.stream(), without.stream()).toList(), Stream.concat(without.stream(), withIds.stream()).toList(), mixed, mixed.reversed())) {
            person = people.aPerson();
            importFile(String.join("\n", rows));
            assertThat(imports().get(0).get("imported").asInt()).isEqualTo(posts);
            assertThat(posts().findValuesAsString("tweet_id")).hasSize(Math.min(posts, 50)).noneMatch(PostIds::isDerived);
        }
    }

    @ParameterizedTest
    @CsvSource({"14, 2:00 hours earlier", "8, 4:00 hours later", "12, "})
    void aSheetInLocalTimeIsToldOnceWhicheverComesFirst(int hour, String told) {
        StringBuilder sheet = new StringBuilder("text,created_at\n");
        String[] archive = new String[5];
        for (int i = 0; i < archive.length; i++) {
            archive[i] = tweet(String.valueOf(Long.parseLong(ID) + i), "the tide no " + i);
            sheet.append("the tide no ").append(i).append(",2024-10-01 ").append(hour).append(":00\n");
        }
        for (List<String> files : List.of(List.of(tweetsJs(archive), sheet.toString()), List.of(sheet.toString(), tweetsJs(archive)))) {
            person = people.aPerson();
            importFile(files.getFirst());
            String notes = importFile(files.getLast()).get("notes").toString();
            assertThat(notes.split("may be the same posts in local time", -1)).as(notes).hasSize(told == null ? 1 : 2);
            assertThat(notes).contains(told == null ? "" : told);
        }
    }

    /** Another text, day or author. */
    @ParameterizedTest
    @CsvSource({"at the reefs,2024-10-01,reef", "at the reef,2024-10-02,reef", "at the reef,2024-10-01T12:01:00Z,reef", "at the reef,2024-10-01,other"})
    void whatIsNotTheSamePostStaysOneOfItsOwn(String text, String time, String author) {
        importFile("author,text,created_at\n%s,%s,%s\n".formatted(author, text, time));
        assertThat(importFile(tweetsJs(tweet(ID, "at the reef"))).get("imported").asInt()).isEqualTo(1);
        assertThat(posts().findValuesAsString("tweet_id")).hasSize(2).filteredOn(PostIds::isDerived).hasSize(1);
    }

    /** The two posts of the archive are of one minute. The likes tell which of them the sheet's row was taken for. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2024-10-01 12:00 | Good | 0, 0", "2024-10-01T12:00:00Z | Good | 0, 0", "2024-10-01 12:00 | Good morning | 0, 9", "2024-10-01 12:00 | Good morning all | 9, 0",
        "2024-10-01 12:00 | Good morning https://t.co/AbCdEfGhI1 | 0, 9", "2024-10-01 | Good morning https://t.co/AbCdEfGhI1 | 0, 9", "2024-10-01 12:00 | Good morning a… | 9, 0"})
    void aRowWithoutAnIdIsThePostThatSaysWhatItSaysAndNoLongerOne(String time, String text, String likes) {
        String archive = tweetsJs(tweet(LATER, "Good morning"), tweet(ID, "Good morning all")).replace("\"favorite_count\": \"5\"", "\"favorite_count\": \"0\"");
        String sheet = "text,created_at,likes\n%s,%s,9\n".formatted(text, time);
        for (List<String> files : List.of(List.of(archive, sheet), List.of(sheet, archive))) {
            person = people.aPerson();
            files.forEach(this::importFile);
            Map<String, Integer> found = new HashMap<>();
            posts().forEach(post -> found.put(post.get("tweet_id").asString(), post.get("likes").asInt()));
            assertThat(found.get(ID) + ", " + found.get(LATER)).as(files.toString()).isEqualTo(likes);
            assertThat(found).hasSize(likes.equals("0, 0") ? 3 : 2);
        }
    }

    @Test
    void xsShortLinkTellsOfTwoPostsThatSayTheSameWhichOneItIs() {
        importFile("text,created_at\nsee https://t.co/AbCdEfGhI2,2024-10-01T12:00:00Z\n");
        importFile(tweetsJs(tweet(ID, "see https://t.co/AbCdEfGhI1").replace("\"urls\": []",
                "\"urls\": [{\"url\": \"https://t.co/AbCdEfGhI1\", \"expanded_url\": \"https://example.org/1\"}]")));
        assertThat(contents()).containsExactlyInAnyOrder("see https://t.co/AbCdEfGhI2", "see https://example.org/1");
    }

    @Test
    void ofADayAloneAnyNumberOfPostsIsFoundAgain() {
        StringBuilder sheet = new StringBuilder("text,created_at\n");
        String[] archive = new String[300];
        for (int i = 0; i < archive.length; i++) {
            sheet.append("the tide no ").append(i).append(",2024-10-01\n");
            archive[archive.length - 1 - i] = tweet(String.valueOf(Long.parseLong(ID) + i), "the tide no " + i);
        }
        importFile(tweetsJs(archive));
        assertThat(importFile(sheet.toString()).get("skipped").asInt()).isEqualTo(300);
        person = people.aPerson();
        importFile(sheet.toString());
        assertThat(importFile(tweetsJs(archive)).get("corrected").asInt()).isEqualTo(300);
    }

    @Test
    void aRowOfTheSecondInWhichAnEditedPostWasFirstWrittenIsItsFirstVersion() {
        String sheet = "text,created_at\nteh reef,2024-10-01T12:11:36Z\n";
        importFile(sheet);
        importFile(tweetsJs(EDITED.replace("12:09", "12:25")));
        assertThat(contents()).containsExactly("the reef");
        importFile(sheet);
        assertThat(contents()).containsExactly("the reef");
    }

    /** A beginning is another text, unless it breaks off. */
    @ParameterizedTest
    @ValueSource(strings = {"quite another thing", "at the reef tomorrow", "at the"})
    void aTableThatGivesAPostAnotherTextChangesNothingOfItAndIsTold(String text) {
        importFile(tweetsJs(tweet(ID, "at the reef")));
        JsonNode table = importFile("id,text,created_at,likes\n%s,%s,2024-10-01,50\n".formatted(ID, text));
        assertThat(contents()).containsExactly("at the reef");
        assertThat(posts().get(0).get("likes").asInt()).isEqualTo(5);
        assertThat(table.get("notes").findValuesAsString("reason")).singleElement().asString().contains("other text");
    }

    @Test
    void attributingAnImportLeavesThePostsWhoseAuthorTheFileNames() {
        importFile("id,author,text,created_at\n1899764561337417729,blue_fish,theirs,2025-03-12\n1899764561337417731,,without,2025-03-12\n");
        JsonNode mixed = imports().get(0);
        assertThat(mixed.get("author").asString()).isEqualTo("reef");
        for (String author : List.of("blue_fish", "coral")) {
            assertThat(person.patch(CACHE + "/imports/" + mixed.get("id").asString(), Map.of("author", author)).status()).isEqualTo(200);
        }
        assertThat(posts().findValuesAsString("author")).containsExactlyInAnyOrder("blue_fish", "coral");
    }

    @Test
    void aPostWithoutAnIdIsJoinedWhenItGetsTheAuthorUnderWhomItIsHereAlready() {
        importFile(tweetsJs(tweet(ID, "at the reef")));
        person.api().send("POST", CACHE + "/import?author=blue_fish", BodyPublishers.ofString("text,created_at,likes\nat the reef,2024-10-01 12:00,9\nonly here,2024-10-01,0\n"),
                "application/octet-stream");
        String sheet = CACHE + "/imports/" + imports().get(0).get("id").asString();
        assertThat(person.patch(sheet, Map.of("author", "reef")).status()).isEqualTo(200);
        assertThat(contents()).containsExactlyInAnyOrder("at the reef", "only here");
        assertThat(posts().findValuesAsString("author")).containsOnly("reef");
        assertThat(posts().findValues("likes")).extracting(JsonNode::asInt).contains(9);
        assertThat(imports().get(0).get("imported").asInt() + ", " + imports().get(0).get("skipped").asInt()).isEqualTo("1, 1");
        assertThat(person.delete(sheet).status()).isEqualTo(204);
        assertThat(contents()).containsExactly("at the reef");
    }

    @Test
    void postsWithIdsAreJoinedWithThoseWithoutWhenTheyGetTheAuthorUnderWhomTheseAreHere() {
        StringBuilder sheet = new StringBuilder("text,created_at,likes\nonly here,2024-10-01,0\n");
        String[] archive = new String[250];
        for (int i = 0; i < archive.length; i++) {
            archive[i] = tweet(String.valueOf(Long.parseLong(ID) + i), "the tide no " + i);
            sheet.append("the tide no ").append(i).append(",2024-10-01 12:00,9\n");
        }
        importFile(sheet.toString());
        importFile(tweetsJs(archive).getBytes(StandardCharsets.UTF_8), "blue_fish");
        String withIds = CACHE + "/imports/" + imports().get(0).get("id").asString();
        assertThat(person.patch(withIds, Map.of("author", "reef")).status()).isEqualTo(200);
        assertThat(imports()).extracting(one -> one.get("imported").asInt() + ", " + one.get("skipped").asInt()).containsExactly("250, 0", "1, 250");
        assertThat(posts().findValuesAsString("tweet_id").stream().filter(PostIds::isDerived)).hasSizeLessThanOrEqualTo(1);
        assertThat(posts().valueStream().filter(post -> !PostIds.isDerived(post.get("tweet_id").asString()))).allMatch(post -> post.get("likes").asInt() == 9);
        assertThat(person.delete(withIds).status()).isEqualTo(204);
        assertThat(imports()).extracting(one -> one.get("imported").asInt() + ", " + one.get("skipped").asInt()).as("the sheet has them as well").containsExactly("251, 0");
    }

    @Test
    void aCorrectedPostThatPassesToAnImportIsCountedThereOnce() {
        importFile("id,text,created_at\n%s,at the reef,2024-10-01\n".formatted(ID));
        importFile(tweetsJs(tweet(ID, "at the reef"), tweet(LATER, "another")));
        assertThat(imports().get(0).get("corrected").asInt()).isEqualTo(1);
        assertThat(person.delete(CACHE + "/imports/" + imports().get(1).get("id").asString()).status()).isEqualTo(204);
        JsonNode heir = imports().get(0);
        assertThat(List.of(heir.get("imported").asInt(), heir.get("corrected").asInt(), heir.get("skipped").asInt())).containsExactly(2, 0, 0);
    }

    @Test
    void anImportWhoseFileNamesAllAuthorsHasNoneAndTakesNone() {
        importFile("id,author,text,created_at\n1899764561337417729,blue_fish,theirs,2025-03-12\n1899764561337417731,red_fish,hers,2025-03-12\n");
        JsonNode named = imports().get(0);
        assertThat(named.get("author").isNull()).isTrue();
        assertThat(person.patch(CACHE + "/imports/" + named.get("id").asString(), Map.of("author", "coral")).status()).isEqualTo(409);
        assertThat(posts().findValuesAsString("author")).containsExactlyInAnyOrder("blue_fish", "red_fish");
    }

    @Test
    void noTableChangesTheAuthorThatXTellsAndTheAnswerAndTheAuditSaySo() {
        importFile("id,author,text,created_at\n%s,anna,at the reef,2024-10-01 14:00:00\n".formatted(ID));
        assertThat(importFile(tweetsJs(tweet(ID, "at the reef"))).get("corrected").asInt()).isEqualTo(1);
        assertThat(person.get("/api/user/audit?action=posts.corrected").json().get("audit").findValuesAsString("subject")).contains("1 post from upload");
        JsonNode table = importFile("id,author,text,created_at\n%s,anna,at the reef,2024-10-01\n".formatted(ID));
        assertThat(table.get("corrected").asInt()).isZero();
        assertThat(table.get("notes").findValuesAsString("reason")).anySatisfy(note -> assertThat(note).startsWith("A post is already here under another author"));
        assertThat(posts().findValuesAsString("author")).containsExactly("reef");
    }

    @Test
    void anAuthorWhomAPersonHasNamedStaysAndFindsItsPostsWithoutIdsAgain() {
        String sheet = "text,created_at\nhello sea,2024-10-01T12:00:30Z\n";
        importFile(sheet);
        importFile(tweetsJs(tweet(ID, "at the reef")));
        for (JsonNode one : imports()) {
            assertThat(person.patch(CACHE + "/imports/" + one.get("id").asString(), Map.of("author", "blue_fish")).status()).isEqualTo(200);
        }
        assertThat(importFile(tweetsJs(tweet(ID, "at the reef"))).get("corrected").asInt()).isZero();
        importFile(sheet);
        importFile("author," + sheet.replace("hello", "blue_fish,hello"));
        assertThat(posts().findValuesAsString("author")).containsExactly("blue_fish", "blue_fish");
    }

    @Test
    void aLongTextFindsItsPostUnderTheAuthorWhomAPersonHasNamed() {
        String text = "The tide comes in where the water is clear. ".repeat(10).strip();
        String cut = text.substring(0, 270);
        String note = """
                window.YTD.note_tweet.part0 = [{"noteTweet": {"noteTweetId": "1", "createdAt": "2024-10-01T12:00:00.000Z", "core": {"text": "%s"}}}]""".formatted(text);
        importFile(tweetsJs(tweet(ID, cut + "… https://t.co/AbCdEfGhI1")));
        assertThat(person.patch(CACHE + "/imports/" + imports().get(0).get("id").asString(), Map.of("author", "blue_fish")).status()).isEqualTo(200);
        byte[] archive = zip("data/tweets.js", tweetsJs(tweet(ID, cut + "… https://t.co/AbCdEfGhI1")), "data/note-tweet.js", note);
        JsonNode whole = importFile(archive);
        assertThat(contents()).containsExactly(text);
        assertThat(whole.get("corrected").asInt() + ", " + whole.get("skipped").asInt()).as("counted once").isEqualTo("1, 0");
        assertThat(importFile(archive).get("notes").toString()).doesNotContain("fits none");
    }

    @Test
    void anAuthorNamedForAnImportGoesWithItWhenAnotherHasThePosts() {
        importFile("id,created_at,text\n" + ID + ",2024-10-01 12:00:00,at the reef\n");
        importFile(zip("data/account.js", Archives.ACCOUNT, "data/tweets.js", tweetsJs(tweet(ID, "at the reef"))));
        String sheet = CACHE + "/imports/" + imports().get(1).get("id").asString();
        assertThat(person.patch(sheet, Map.of("author", "blue_fish")).status()).isEqualTo(200);
        assertThat(posts().findValuesAsString("author")).containsExactly("blue_fish");
        assertThat(person.delete(sheet).status()).isEqualTo(204);
        assertThat(posts().findValuesAsString("author")).containsExactly("reef");
    }

    @Test
    void rowsWithoutIdsThatLookAlikeAreOnePostAndToldAndItsBetterFormsAreTheSame() {
        JsonNode sheet = importFile("text,created_at\nR&amp;D see https://t.co/AbCdEfGhI1,2024-10-01\nhi,2024-10-01\nhi,2024-10-01\n");
        assertThat(sheet.get("imported").asInt()).isEqualTo(2);
        assertThat(sheet.get("notes").findValuesAsString("reason")).anySatisfy(note -> assertThat(note).startsWith("Two rows without ids have the same"));
    }

    @Test
    void theIdTellsTheTimeOfATableInAnotherZoneAndRoundedParentsAreLeftOut() {
        JsonNode table = importFile("id,text,created_at,in_reply_to_id\n%s,at the reef,2024-10-01 14:11:36,1841000000000000000\n".formatted(ID));
        assertThat(table.get("notes")).hasSize(2);
        assertThat(Instant.parse(posts().get(0).get("created_at").asString())).isEqualTo("2024-10-01T12:11:36Z");
        assertThat(repliesTo()).isEmpty();
    }

    private JsonNode importFile(String file) {
        return importFile(file.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode importFile(byte[] file) {
        return importFile(file, "reef");
    }

    private JsonNode importFile(byte[] file, String author) {
        var answer = person.api().send("POST", CACHE + "/import?author=" + author, BodyPublishers.ofByteArray(file), "application/octet-stream");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode posts() {
        return person.get(CACHE).json().get("tweets");
    }

    private String oldest() {
        JsonNode all = imports();
        return all.get(all.size() - 1).get("id").asString();
    }

    private JsonNode imports() {
        return person.get(CACHE + "/imports").json().get("imports");
    }

    private List<String> contents() {
        return posts().findValuesAsString("content");
    }

    private List<String> repliesTo() {
        return posts().valueStream().map(post -> post.path("in_reply_to_id")).filter(JsonNode::isString).map(JsonNode::asString).toList();
    }
}
