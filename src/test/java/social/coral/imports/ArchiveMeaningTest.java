package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static social.coral.imports.Archives.stream;
import static social.coral.imports.Archives.zip;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.api.Failure;
import social.coral.imports.ImportResult.Remark;
import social.coral.imports.archive.Place;
import social.coral.networks.Post;
import social.coral.networks.PostIds;
import social.coral.portability.Turns;

/** What X's archive means by its files: which of them are a person's own posts, and how these read on X. */
class ArchiveMeaningTest {

    private static final String LONG = "The reef grows a millimetre a month where the water is clear. ".repeat(14).strip();

    private MemoryStore store = new MemoryStore();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLongPostIsWholeWhicheverOfItsFilesComesFirst(boolean textFirst) {
        String tweets = variable("tweets", tweet("1900000000000000001", "2025-03-13T10:00:00", LONG.substring(0, 270) + "… https://t.co/AbCdEf1234", ""));
        String notes = variable("note_tweet", note("1900000000000000777", "2025-03-13T10:00:00.000Z", LONG));
        ImportResult result = textFirst
                ? run(zip("data/note-tweet.js", notes, "data/tweets.js", tweets, "data/account.js", Archives.ACCOUNT), null)
                : run(zip("data/account.js", Archives.ACCOUNT, "data/tweets.js", tweets, "data/note-tweet.js", notes), null);

        assertThat(result.imported()).isEqualTo(1);
        assertThat(store.all()).extracting(Post::text).containsExactly(LONG);
        assertThat(result.notes()).isEmpty();
    }

    @Test
    void aLongTextFindsItsPostAmongThoseOfTheSameMomentAndKeepsWhomItAnswers() {
        String other = "Another thread that begins elsewhere. ".repeat(12).strip();
        run(zip("data/tweets.js", variable("tweets",
                        tweet("1900000000000000011", "2025-03-13T10:00:00", "@shore @sand " + LONG.substring(0, 250) + "… https://t.co/AbCdEf1234", ""),
                        tweet("1900000000000000012", "2025-03-13T10:00:00", other.substring(0, 260) + "… https://t.co/BbCdEf1234", "")),
                "data/note-tweet.js", variable("note_tweet", note("1", "2025-03-13T10:00:01.000Z", other), note("2", "2025-03-13T10:00:00.500Z", LONG))), "reef");

        assertThat(store.all()).extracting(Post::text).containsExactly("@shore @sand " + LONG, other);
    }

    @Test
    void longPostsOfOneSecondThatBeginAlikeEachGetTheirOwnText() {
        String same = LONG.substring(0, 270);
        List<String> texts = List.of(LONG + " First.", LONG + " Second.", LONG + " Third.");
        run(zip("data/tweets.js", variable("tweets", IntStream.range(0, 3)
                        .mapToObj(i -> tweet("190000000000000001" + i, "2025-03-13T10:00:00", same + "… https://t.co/AbCdEf123" + i, "")).toArray(String[]::new)),
                "data/note-tweet.js", variable("note_tweet", IntStream.of(2, 0, 1)
                        .mapToObj(i -> note("190000000000000002" + i, "2025-03-13T10:00:00.000Z", texts.get(i))).toArray(String[]::new))), "reef");
        assertThat(store.all()).extracting(Post::text).containsExactlyElementsOf(texts);
    }

    @Test
    void anEditedLongPostKeepsItsWholeTextAndNobodyMissesThatOfItsFirstVersion() {
        String versions = "\"edit_info\": {\"edit\": {\"editControlInitial\": {\"editTweetIds\": [\"1900000000000000510\", \"1900000000000000511\"]}}},";
        String better = LONG.replace("millimetre", "centimetre");
        byte[] archive = zip("data/tweets.js", variable("tweets",
                        tweet("1900000000000000510", "2025-03-13T10:00:00", LONG.substring(0, 270) + "… https://t.co/AbCdEf1234", ""),
                        tweet("1900000000000000511", "2025-03-13T10:20:00", better.substring(0, 270) + "… https://t.co/AbCdEf1235", versions)),
                "data/note-tweet.js", variable("note_tweet", note("1", "2025-03-13T10:00:00.000Z", LONG), note("2", "2025-03-13T10:20:00.000Z", better)));
        for (ImportResult result : List.of(run(archive, "reef"), again(archive))) {
            assertThat(store.all()).singleElement().satisfies(post -> {
                assertThat(post.text()).isEqualTo(better);
                assertThat(post.createdAt()).isEqualTo("2025-03-13T10:00:00Z");
            });
            assertThat(result.notes()).isEmpty();
            assertThat(result.corrected()).isZero();
        }
    }

    @Test
    void aDeletedPostComesBackInNoFormAndInNoOrder() {
        String post = tweet("1900000000000000005", "2025-03-13T10:00:00", "gone", "");
        String kept = tweet("1900000000000000006", "2025-03-13T10:00:00", "kept", "");
        for (byte[] archive : List.of(
                zip("data/deleted-tweets.js", variable("deleted_tweets", post), "data/tweets.js", variable("tweets", post, kept)),
                zip("data/tweets.js", variable("tweets", post, kept), "data/deleted-tweets.js", variable("deleted_tweets", post)))) {
            ImportResult result = run(archive, "reef");
            assertThat(store.all()).extracting(Post::text).containsExactly("kept");
            assertThat(result.imported()).isEqualTo(1);
        }
        for (String form : List.of("{\"deleted_at\": \"x\", \"tweet\": {\"id_str\": \"1900000000000000005\", \"full_text\": \"gone\", \"created_at\": \"2025-03-13\"}}",
                "{\"id\": \"1900000000000000005\", \"text\": \"gone\", \"created_at\": \"2025-03-13\", \"deleted\": true}")) {
            assertThat(run("[" + form + "]", "reef").leftOut().deleted()).as(form).isEqualTo(1);
            assertThat(store.all()).isEmpty();
        }
        assertThatThrownBy(() -> run("const deletedTweets = [" + post + "]", "reef")).hasMessageContaining("deleted on X");
    }

    @Test
    void aDeletedPostCountsOnceInHoweverManyListsItIs() {
        String headers = "window.YTD.deleted_tweet_headers.part0 = [{\"tweet\": {\"tweet_id\": \"1900000000000000005\", \"user_id\": \"42\", "
                + "\"created_at\": \"Thu Mar 13 10:00:00 +0000 2025\", \"deleted_at\": \"Fri Mar 14 10:00:00 +0000 2025\"}}]";
        String gone = tweet("1900000000000000005", "2025-03-13T10:00:00", "gone", "");
        List<String> files = List.of("data/tweets.js", variable("tweets", gone, tweet("1900000000000000006", "2025-03-13T10:00:00", "kept", "")),
                "data/deleted-tweets.js", variable("deleted_tweets", gone), "data/deleted-tweet-headers.js", headers);
        for (int first : List.of(0, 2, 4)) {
            String[] turned = Stream.concat(files.subList(first, 6).stream(), files.subList(0, first).stream()).toArray(String[]::new);
            assertThat(run(zip(turned), "reef").leftOut().deleted()).isEqualTo(1);
            assertThat(store.all()).extracting(Post::text).containsExactly("kept");
        }
        assertThat(again(zip("data/tweets.js", files.get(1))).notes()).extracting(Remark::reason).singleElement().asString().contains("imported earlier lists a post as deleted");
        assertThat(store.all()).hasSize(1);
        assertThat(run(zip("data/tweets.js", files.get(1), "data/deleted-tweet-headers.js", headers), "reef").imported()).isEqualTo(1);
    }

    @Test
    void aPostOfACommunityThatIsHereIsToldAndNotCountedAsLeftOut() {
        run(variable("tweets", tweet("1900000000000000004", "2025-03-13T10:00:00", "for the club", "")), "reef");
        ImportResult later = again(zip("data/tweets.js", variable("tweets", tweet("1900000000000000001", "2025-03-13T10:00:00", "mine", "")),
                "data/community-tweet.js", variable("community_tweet", tweet("1900000000000000004", "2025-03-13T10:00:00", "for the club", ""))));
        assertThat(later.leftOut().communityPosts()).isZero();
        assertThat(later.skipped()).isEqualTo(1);
        assertThat(later.notes()).extracting(Remark::reason).singleElement().asString().contains("here from an earlier import");
        assertThat(run(zip("data/tweets.js", variable("tweets", tweet("1900000000000000004", "2025-03-13T10:00:00", "for the club", "")),
                "data/community-tweet.js", variable("community_tweet", tweet("1900000000000000004", "2025-03-13T10:00:00", "for the club", ""))), "reef").imported()).isZero();
        assertThat(store.all()).isEmpty();
    }

    @Test
    void postsToACircleAreLeftOutAndCountedAndAnEmptyListIsTold() {
        ImportResult result = run(zip("data/tweets.js", "window.YTD.tweets.part0 = [ ]", "data/community-tweet.js", "window.YTD.community_tweet.part0 = [ ]",
                "data/twitter-circle-tweet.js", variable("twitter_circle_tweet", tweet("1900000000000000004", "2025-03-13T10:00:00", "for a few", ""))), "reef");
        assertThat(result.leftOut().circlePosts()).isEqualTo(1);
        assertThat(store.all()).isEmpty();
        assertThat(result.notes()).containsExactly(new Remark(Place.of("data/tweets.js"), "This file holds no posts."));
    }

    /** How the post begins, how its long text begins, and how the whole post does. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'@shore\n'|''|'@shore\n'",
        "'@shore @sand @sea '|'@sand '|'@shore @sand @sea '",
        "'caf\u00E9 '|'cafe\u0301 '|'cafe\u0301 '"})
    void aLongTextIsJoinedHoweverTheTwoAreWritten(String post, String note, String whole) {
        run(zip("data/tweets.js", variable("tweets", tweet("1900000000000000001", "2025-03-13T10:00:00", (post + LONG.substring(0, 240)).replace("\n", "\\n") + "… https://t.co/AbCdEf1234", "")),
                "data/note-tweet.js", variable("note_tweet", note("1", "2025-03-13T10:00:00.000Z", note + LONG))), "reef");
        assertThat(store.all()).extracting(Post::text).containsExactly(whole + LONG);
    }

    @Test
    void aBreakInsideAnEscapeIsOneAndOfTwoVersionsOfALongTextTheLaterStays() {
        String text = LONG.substring(0, 250) + "fish & chips " + LONG;
        run(zip("data/tweets.js", variable("tweets", tweet("1900000000000000001", "2025-03-13T10:00:00", LONG.substring(0, 250) + "fish &am… https://t.co/AbCdEf1234", "")),
                "data/note-tweet.js", variable("note_tweet", note("1", "2025-03-13T10:00:00.000Z", text),
                        note("1", "2025-03-13T10:00:00.000Z\", \"updatedAt\": \"2025-03-13T10:30:00.000Z", text + " Edited."))), "reef");
        assertThat(store.all()).extracting(Post::text).containsExactly(text + " Edited.");
    }

    @Test
    void nobodyMissesTheLongTextsOfRepostsAndOfVersionsThatAreNotInTheFile() {
        String versions = "\"edit_info\": {\"edit\": {\"editControlInitial\": {\"editTweetIds\": [\"1900000000000000510\", \"1900001258291200511\"]}}},";
        ImportResult result = run(zip("data/tweets.js", variable("tweets",
                        tweet("1900000000000000001", "2025-03-13T10:00:00", "RT @sand: " + LONG.substring(0, 250) + "… https://t.co/AbCdEf1234", ""),
                        tweet("1900001258291200511", "2025-03-13T01:36:00", "short now", versions)),
                "data/note-tweet.js", variable("note_tweet", note("1", "2025-03-13T10:00:00.000Z", "RT @sand: " + LONG),
                        note("2", String.valueOf(PostIds.time("1900000000000000510")), LONG))), "reef");
        assertThat(store.all()).extracting(Post::text).containsExactly("short now");
        assertThat(result.notes()).isEmpty();
    }

    @Test
    void aCutTextThatEndsInAnyNumberOfLinksIsRead() {
        String text = "Reef ".repeat(20) + "… " + "https://t.co/a ".repeat(1_600);
        run(Archives.tweetsJs(Archives.tweet("1900000000000000777", text)), "reef");
        assertThat(store.all()).hasSize(1);
    }

    @Test
    void aWordForNothingIsNoValue() {
        run("[{\"id_str\": \"1900000000000000005\", \"text\": \"own\", \"created_at\": \"2025-03-13\", \"retweeted_status_id\": \"nan\", \"deleted_at\": \"NULL\", \"community_id\": \"\"}]", "reef");
        assertThat(store.all()).extracting(Post::text).containsExactly("own");
    }

    @Test
    void twoArchivesInOneUploadKeepTheirOwners() {
        store = new MemoryStore();
        try (ImportRun run = new ImportRun(store, null, false, Turns.free())) {
            run.read(new ByteArrayInputStream(zip("data/account.js", Archives.ACCOUNT, "data/tweets.js", variable("tweets", tweet("1900000000000000001", "2025-03-13T10:00:00", "mine", "")))), "a.zip");
            run.read(new ByteArrayInputStream(zip("data/tweets.js", variable("tweets", tweet("1900000000000000002", "2025-03-13T10:00:00", "hers", "")),
                    "data/account.js", Archives.ACCOUNT.replace("ReefKeeper", "Other"))), "b.zip");
            run.end();
        }
        assertThat(store.all()).extracting(Post::author).containsExactly("reefkeeper", "other");
    }

    @Test
    void aLongTextWithoutItsPostIsReportedAndChangesNothing() {
        ImportResult result = run(zip("data/tweets.js", variable("tweets", tweet("1900000000000000001", "2025-03-13T10:00:00", "short one", "")),
                "data/note-tweet.js", variable("note_tweet", note("1", "2025-03-19T10:00:00.000Z", LONG))), "reef");

        assertThat(store.all()).extracting(Post::text).containsExactly("short one");
        assertThat(result.notes()).singleElement().satisfies(note -> {
            assertThat(note.place().file()).isEqualTo("data/note-tweet.js");
            assertThat(note.reason()).contains("fits none of the posts", "“");
        });
    }

    @Test
    void ofAnyNumberOfEditedPostsOnlyTheLastVersionsAreStored() {
        List<String> edited = IntStream.range(0, 1_300).mapToObj(post -> IntStream.range(0, 5).mapToObj(version -> "\"" + (1_900_000_000_000_000_000L + post * 10 + version) + "\"")
                .collect(Collectors.joining(", "))).toList();
        String[] posts = edited.stream().map(versions -> tweet(versions.substring(versions.length() - 20, versions.length() - 1), "2025-03-13T10:00:00", "words",
                "\"edit_info\": {\"edit\": {\"editControlInitial\": {\"editTweetIds\": [" + versions + "]}}},")).toArray(String[]::new);
        String[] first = edited.stream().map(versions -> tweet(versions.substring(1, 20), "2025-03-13T10:00:00", "words", "")).toArray(String[]::new);
        assertThat(run(variable("tweets", posts), "reef").imported()).isEqualTo(1_300);
        assertThat(again(variable("tweets", first).getBytes(StandardCharsets.UTF_8)).leftOut().olderVersions()).isEqualTo(1_300);
        assertThat(store.all()).hasSize(1_300);
    }

    @Test
    void anEditedPostIsThereOnceWithItsLastTextAndItsFirstTimeInAnyOrder() {
        String versions = "\"edit_info\": {\"edit\": {\"initialTweetId\": \"1900000000000000510\", \"editControlInitial\": {\"editTweetIds\": "
                + "[\"1900000000000000510\", \"1900000000000000511\", \"1900000000000000512\"]}}},";
        List<String> all = List.of(
                tweet("1900000000000000510", "2025-03-13T10:00:00", "teh reef", "\"edit_info\": {\"initial\": {\"editTweetIds\": [\"1900000000000000510\"]}},"),
                tweet("1900000000000000511", "2025-03-13T10:05:00", "the reeef", versions),
                tweet("1900000000000000512", "2025-03-13T10:09:00", "the reef", versions));
        for (List<Integer> order : List.of(List.of(0, 1, 2), List.of(2, 1, 0), List.of(1, 2, 0), List.of(2, 0, 1))) {
            ImportResult result = run(variable("tweets", order.stream().map(all::get).toArray(String[]::new)), "reef");

            assertThat(store.all()).as("%s", order).singleElement().satisfies(post -> {
                assertThat(post.id()).isEqualTo("1900000000000000512");
                assertThat(post.text()).isEqualTo("the reef");
                assertThat(post.createdAt()).isEqualTo("2025-03-13T10:00:00Z");
            });
            assertThat(result.imported()).isEqualTo(1);
            assertThat(result.leftOut().olderVersions()).isEqualTo(2);
        }
    }

    @Test
    void repostsDeletedPostsAndCommunityPostsAreLeftOutAndCounted() {
        ImportResult result = run(zip(
                "data/tweets.js", variable("tweets",
                        tweet("1900000000000000001", "2025-03-13T10:00:00", "RT @someone: text of theirs that ends…", ""),
                        tweet("1900000000000000002", "2025-03-13T10:00:00", "RT rates fell today", ""),
                        tweet("1900000000000000003", "2025-03-13T10:00:00", "gone", "\"deleted_at\": \"Fri Mar 14 10:00:00 +0000 2025\",")),
                "data/community-tweet.js", variable("community_tweet", tweet("1900000000000000004", "2025-03-13T10:00:00", "for the club", "")),
                "data/deleted-tweets.js", variable("deleted_tweets", tweet("1900000000000000005", "2025-03-13T10:00:00", "gone too", "")),
                "data/tweet-headers.js", variable("tweet_headers", tweet("1900000000000000006", "2025-03-13T10:00:00", "no post", ""))), "reef");

        assertThat(store.all()).extracting(Post::text).containsExactly("RT rates fell today");
        assertThat(result.leftOut()).isEqualTo(new ImportResult.LeftOut(1, 2, 1, 0, 0, 0));
    }

    @Test
    void communityPostsComeByChoice() {
        byte[] archive = zip("data/tweets.js", variable("tweets", tweet("1900000000000000001", "2025-03-13T10:00:00", "for all", "")),
                "data/community-tweet.js", variable("community_tweet", tweet("1900000000000000004", "2025-03-13T10:00:00", "for the club", "")));
        run(new ByteArrayInputStream(archive), "reef", true);
        assertThat(store.all()).extracting(Post::text).containsExactlyInAnyOrder("for all", "for the club");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleted_tweets", "deleted_tweet", "tweet_headers", "like", "direct_messages"})
    void aFileOfAnArchiveThatHoldsNoPostsIsRefusedWhateverItIsCalled(String name) {
        assertThatThrownBy(() -> run(variable(name, tweet("1900000000000000001", "2025-03-13T10:00:00", "gone", "")), "reef"))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.sentence()).contains("data/tweets.js"));
        assertThat(store.all()).isEmpty();
    }

    @Test
    void linksAreWrittenOutWhereverTheFileSaysTheyStandAndThePicturesOwnIsGone() {
        run(variable("tweets",
                tweet("1900000000000000001", "2025-03-13T10:00:00", "🍋 R&amp;D HTTPS://T.CO/aaaaaaaaaaand https://t.co/aaaaaaaaaa, then https://t.co/bbbbbbbbbb https://t.co/cccccccccc", """
                        "entities": {"urls": [
                          {"url": "https://t.co/aaaaaaaaaa", "expanded_url": "https://example.org/a?x=1&y=2", "indices": ["99", "120"]},
                          {"url": "https://t.co/bbbbbbbbbb", "expanded_url": "javascript:alert(1)", "indices": ["0", "3"]}]},
                        "extended_entities": {"media": [{"url": "https://t.co/cccccccccc", "expanded_url": "https://twitter.com/reef/status/1/photo/1"}]},"""),
                tweet("1900000000000000002", "2025-03-13T10:00:00", "https://t.co/dddddddddd", """
                        "entities": {"media": [{"url": "https://t.co/dddddddddd"}]},""")), "reef");

        assertThat(store.all()).extracting(Post::text).containsExactly(
                "🍋 R&D https://example.org/a?x=1&y=2and https://example.org/a?x=1&y=2, then https://t.co/bbbbbbbbbb",
                "https://t.co/dddddddddd");
    }

    @Test
    void theManifestIsHeldAgainstWhatWasFound() {
        ImportResult result = run(zip(
                "data/manifest.js", """
                        window.__THAR_CONFIG = {"archiveInfo": {"isPartialArchive": true}, "dataTypes": {"tweets": {"files": [
                          {"fileName": "data/tweets.js", "count": "3"}, {"fileName": "data/tweets-part1.js", "count": "1"}]}}}""",
                "data/tweets.js", variable("tweets", tweet("1900000000000000001", "2025-03-13T10:00:00", "one", ""))), "reef");

        assertThat(result.imported()).isEqualTo(1);
        assertThat(result.notes()).extracting(Remark::reason).containsExactly(
                "X says that this file has 3 posts, but it has 1. Request the archive again.",
                "X says that the archive has this file, with 1 post, but it is missing. Request the archive again.",
                "X says that this archive is not complete.");
    }

    @Test
    void ofAnArchiveThatBreaksOffTheFilesBehindThatAreNamedOnceAndTheBegunOneIsNotMissing() {
        byte[] whole = zip(
                "data/manifest.js", """
                        window.__THAR_CONFIG = {"dataTypes": {"tweets": {"files": [{"fileName": "data/tweets.js", "count": "200"}]},
                          "noteTweet": {"files": [{"fileName": "data/note-tweet.js", "count": "2"}]}, "communityTweet": {"files": [{"fileName": "data/community-tweet.js", "count": "1"}]}}}""",
                "data/tweets.js", variable("tweets", IntStream.range(0, 200).mapToObj(number -> tweet(String.valueOf(1900000000000000001L + number * 7919L), "2025-03-13T10:00:00",
                        "one " + Long.toHexString(number * 0x9E3779B97F4A7C15L), "")).toArray(String[]::new)),
                "data/note-tweet.js", "window.YTD.note_tweet.part0 = []",
                "data/community-tweet.js", "window.YTD.community_tweet.part0 = []");
        ImportResult result = run(Arrays.copyOf(whole, whole.length * 6 / 10), "reef");

        assertThat(Objects.requireNonNull(result.broken()).sentence()).contains("data/tweets.js, entry", "Download it again.");
        assertThat(result.notes()).extracting(Remark::sentence).containsExactly("The archive breaks off, so these files in it were not read: note-tweet.js, community-tweet.js.");
    }

    @Test
    void theArchivesOf2012To2018AreReadFromTheirMonthsAndTheirTable() {
        run(zip("data/js/user_details.js", "var user_details =  {\"screen_name\": \"ReefKeeper\", \"id\": \"42\"}",
                "data/js/tweets/2014_01.js", "Grailbird.data.tweets_2014_01 = \n [ {\"source\": \"web\", \"id_str\": \"418033807850496002\", "
                        + "\"text\": \"fish &amp; chips\", \"created_at\": \"2014-01-01 00:00:05 +0000\", \"user\": {\"screen_name\": \"ReefKeeper\"}} ]",
                "tweets.csv", "\"tweet_id\",\"in_reply_to_status_id\",\"timestamp\",\"source\",\"text\",\"retweeted_status_id\",\"retweeted_status_timestamp\"\n"
                        + "\"418033807850496001\",\"\",\"2014-01-01 00:00:00 +0000\",\"web\",\"R&amp;D\",\"\",\"\"\n"
                        + "\"418033807850496003\",\"\",\"2014-01-01 00:00:09 +0000\",\"web\",\"theirs\",\"418033807850495000\",\"2014-01-01 00:00:00 +0000\"\n"), null);

        assertThat(store.all()).extracting(Post::text).containsExactlyInAnyOrder("fish & chips", "R&D");
        assertThat(store.all()).extracting(Post::author).containsOnly("reefkeeper");
    }

    @Test
    void theIndexAndTheTotalOfAnOldArchiveAreHeldAgainstWhatWasFound() {
        String index = "var tweet_index = [{\"file_name\": \"data/js/tweets/2014_01.js\", \"tweet_count\": 1}, {\"file_name\": \"data/js/tweets/2013_12.js\", \"tweet_count\": 3}]";
        String month = "Grailbird.data.tweets_2014_01 = [{\"id_str\": \"418033807850496002\", \"text\": \"one\", \"created_at\": \"2014-01-01 00:00:05 +0000\"}]";
        String table = "\"tweet_id\",\"timestamp\",\"text\",\"retweeted_status_timestamp\"\n\"418033807850496002\",\"2014-01-01 00:00:05 +0000\",\"one\",\"\"\n".repeat(1);
        String total = "var payload_details = {\"tweets\": 4, \"lang\": \"en\"}";
        String missing = "data/js/tweets/2013_12.js: X says that the archive has this file, with 3 posts, but it is missing. Request the archive again.";
        String fewer = "The archive says that it has 4 posts, but 1 could be read. If you have it elsewhere, upload that copy.";

        assertThat(run(zip("data/js/tweet_index.js", index, "data/js/payload_details.js", total, "data/js/tweets/2014_01.js", month), "reef").notes())
                .extracting(Remark::sentence).containsExactly(missing);
        assertThat(run(zip("data/js/payload_details.js", total, "data/js/tweets/2014_01.js", month), "reef").notes()).extracting(Remark::sentence).containsExactly(fewer);
        assertThat(run(zip("data/js/payload_details.js", total, "tweets.csv", table), "reef").notes()).extracting(Remark::sentence).containsExactly(fewer);
        assertThat(run(zip("data/js/payload_details.js", total.replace("4", "1"), "data/js/tweet_index.js", index.replaceFirst(", \\{.*}", ""), "tweets.csv", table), "reef").notes())
                .extracting(Remark::sentence).isEmpty();
    }

    @Test
    void aTextThatXCutsOffIsToldUnlessItsLongTextIsInAFile() {
        String cut = "The tide comes in. ".repeat(6) + "Then…";
        String post = tweet("1900000000000000001", "2025-03-13T10:00:00", cut + " https://t.co/aaaaaaaaa1", "");
        String file = variable("tweets", post, tweet("1900000000000000002", "2025-03-13T11:00:00", cut.replace("tide", "moon") + " https://twitter.com/i/web/status/1900000000000000002", ""));
        assertThat(run(file, "reef").notes()).extracting(Remark::sentence).containsExactly("2 texts break off, and their long texts were in no file.");
        store = new MemoryStore();
        ImportResult result = run(zip("data/tweets.js", file, "data/note-tweet.js", variable("note_tweet", note("7", "2025-03-13T10:00:00.000Z", cut.replace("…", " it goes.")))), "reef");
        assertThat(result.notes()).extracting(Remark::sentence).containsExactly("A text breaks off, and its long text was in no file.");
        assertThat(run(variable("tweets", tweet("1900000000000000003", "2025-03-13T10:00:00", "wait for it…", "")), "reef").notes()).isEmpty();
    }

    private static String variable(String name, String... entries) {
        return Stream.of(entries).collect(Collectors.joining(", ", "window.YTD." + name + ".part0 = [ ", " ]"));
    }

    private static String tweet(String id, String time, String text, String more) {
        return "{\"tweet\": {%s \"id_str\": \"%s\", \"created_at\": \"%sZ\", \"full_text\": \"%s\", \"favorite_count\": \"5\"}}".formatted(more, id, time, text);
    }

    private static String note(String id, String time, String text) {
        return "{\"noteTweet\": {\"noteTweetId\": \"%s\", \"createdAt\": \"%s\", \"core\": {\"text\": \"%s\", \"urls\": []}}}".formatted(id, time, text);
    }

    private ImportResult run(String file, @Nullable String author) {
        return run(stream(file), author, false);
    }

    private ImportResult run(byte[] file, @Nullable String author) {
        return run(new ByteArrayInputStream(file), author, false);
    }

    private ImportResult again(byte[] file) {
        store.again();
        return read(new ByteArrayInputStream(file), "reef", false);
    }

    private ImportResult run(InputStream file, @Nullable String author, boolean withCommunityPosts) {
        store = new MemoryStore();
        return read(file, author, withCommunityPosts);
    }

    private ImportResult read(InputStream file, @Nullable String author, boolean withCommunityPosts) {
        try (ImportRun run = new ImportRun(store, author, withCommunityPosts, Turns.free())) {
            run.read(file, null);
            return run.end();
        }
    }
}
