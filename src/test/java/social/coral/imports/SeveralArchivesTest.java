package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static social.coral.imports.Archives.tweet;
import static social.coral.imports.Archives.tweetsJs;
import static social.coral.imports.Archives.zip;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.api.Failure;
import social.coral.imports.ImportResult.Remark;
import social.coral.networks.Post;
import social.coral.portability.Turns;

/** Several archives in one ZIP: each post is by the owner of its own. */
class SeveralArchivesTest {

    private static final String OTHER = Archives.ACCOUNT.replace("ReefKeeper", "Brook");
    private static final String MANIFEST = """
            window.__THAR_CONFIG = {"dataTypes": {"tweets": {"files": [{"fileName": "data/tweets.js", "count": "1"}]}}}""";

    private static final String OF_TWO = """
            window.__THAR_CONFIG = {"dataTypes": {"tweets": {"files": [{"fileName": "data/tweets.js", "count": "1"}, {"fileName": "data/tweets-part1.js", "count": "1"}]}}}""";

    private final MemoryStore store = new MemoryStore();

    @Test
    void eachArchiveOfAZipGoesToItsOwner() {
        ImportResult result = read(zip(
                "a/data/account.js", Archives.ACCOUNT, "a/data/manifest.js", MANIFEST, "a/data/tweets.js", tweetsJs(tweet("1", "by reef")),
                "b/data/account.js", OTHER, "b/data/manifest.js", MANIFEST, "b/data/tweets.js", tweetsJs(tweet("2", "by brook"))));
        assertThat(store.all()).extracting(Post::author, Post::text).containsExactly(tuple("reefkeeper", "by reef"), tuple("brook", "by brook"));
        assertThat(result.notes()).isEmpty();
    }

    @Test
    void aTableThatTakesTheOwnerOfTheArchiveBesideItIsTold() {
        try (ImportRun run = new ImportRun(store, null, false, Turns.free())) {
            run.read(Archives.stream("id,text,created_at\n1899764561337417728,a,2025-03-12\n1899764561337417729,b,2025-03-12\n"), "plan.csv");
            run.read(new ByteArrayInputStream(zip("data/account.js", Archives.ACCOUNT, "data/tweets.js", tweetsJs(tweet("1", "by reef")))), "x.zip");
            assertThat(run.end().notes()).extracting(Remark::where, Remark::reason)
                    .containsExactly(tuple("plan.csv, line 2", "2 rows name no author. Their posts are shown as by the archive's owner (first seen here)."));
        }
    }

    @Test
    void anArchiveThatNamesNoOwnerIsTold() {
        ImportResult result = read(zip(
                "a/data/account.js", Archives.ACCOUNT, "a/data/tweets.js", tweetsJs(tweet("1", "by reef")), "b/data/tweets.js", tweetsJs(tweet("2", "by whom"))));
        assertThat(result.imported()).isEqualTo(2);
        assertThat(result.notes()).extracting(Remark::where).containsExactly("b/");
        assertThat(result.notes()).extracting(Remark::reason).singleElement().asString().contains("no account.js");
    }

    @Test
    void partsInFoldersOfTheirOwnAreOneArchive() {
        read(zip("account.js", Archives.ACCOUNT, "tweets.js", tweetsJs(tweet("1", "one")), "more/tweets-part1.js", tweetsJs(tweet("2", "two"))));
        assertThat(store.all()).extracting(Post::author).containsExactly("reefkeeper", "reefkeeper");
    }

    /** The parts of one archive as files of one upload, each a ZIP or loose, with its posts, and the long text of one in another part. */
    @ParameterizedTest
    @ValueSource(strings = {"abc", "acb", "bac", "bca", "cab", "cba", "ABC", "CBA", "BAC", "aBC", "Acb"})
    void theFilesOfOneUploadAreOneArchiveInAnyOrder(String order) {
        String whole = "The tide turns twice a day. ".repeat(20).strip();
        ImportResult result = read(order.chars().mapToObj(part -> switch (part) {
            case 'a' -> part("a.zip", "data/account.js", Archives.ACCOUNT, "data/manifest.js", OF_TWO, "data/note-tweet.js", note(whole), "data/tweets.js", tweetsJs(tweet("1", "one")));
            case 'b' -> part("b.zip", "data/tweets-part1.js", tweetsJs(tweet("2", whole.substring(0, 260) + "… https://t.co/AbCdEf1234")));
            case 'c' -> part("c.zip", "data/community-tweet.js", tweetsJs(tweet("3", "for the club")).replace("tweets", "community_tweet"));
            case 'A' -> Stream.of(loose("manifest.js", OF_TWO), loose("account.js", Archives.ACCOUNT), loose("note-tweet.js", note(whole)), loose("tweets.js", tweetsJs(tweet("1", "one"))));
            case 'B' -> Stream.of(loose("tweets-part1.js", tweetsJs(tweet("2", whole.substring(0, 260) + "… https://t.co/AbCdEf1234"))));
            default -> Stream.of(loose("community-tweet.js", tweetsJs(tweet("3", "for the club")).replace("tweets", "community_tweet")));
        }).flatMap(parts -> parts).toList());
        assertThat(store.all()).extracting(Post::author, Post::text).containsExactlyInAnyOrder(tuple("reefkeeper", "one"), tuple("reefkeeper", whole));
        assertThat(result.notes()).isEmpty();
        assertThat(result.rejected()).isEmpty();
        assertThat(result.leftOut().communityPosts()).isEqualTo(1);
    }

    @Test
    void aPartThatNobodyHasSentIsMissing() {
        assertThat(read(part("a.zip", "data/account.js", Archives.ACCOUNT, "data/manifest.js", OF_TWO, "data/tweets.js", tweetsJs(tweet("1", "one"))).toList()).notes())
                .extracting(Remark::where).containsExactly("data/tweets-part1.js");
    }

    @Test
    void filesBesideTheArchivesOfTwoOwnersAreNobodysAndTold() {
        ImportResult result = read(Stream.of(part("a.zip", "data/account.js", Archives.ACCOUNT, "data/tweets.js", tweetsJs(tweet("1", "one"))),
                part("x.zip", "data/tweets-part1.js", tweetsJs(tweet("2", "whose?"))),
                part("b.zip", "data/tweets.js", tweetsJs(tweet("3", "three")), "data/account.js", OTHER)).flatMap(files -> files).toList());
        assertThat(store.all()).extracting(Post::author).containsExactly("reefkeeper", "brook");
        assertThat(result.rejected()).extracting(Remark::where).containsExactly("x.zip: data/tweets-part1.js, entry 1");
        assertThat(result.notes()).extracting(Remark::reason).singleElement().asString().contains("@reefkeeper, @brook");
    }

    @Test
    void aFaultInOneOfTwoZipsNamesItAndItsPart() {
        byte[] cut = zip("data/tweets.js", tweetsJs(tweet("2", "two"), tweet("3", "three")));
        ImportResult result = read(List.of(part("a.zip", "data/account.js", Archives.ACCOUNT, "data/tweets.js", tweetsJs(tweet("1", "one"))).findFirst().orElseThrow(),
                Map.entry("b.zip", Arrays.copyOf(cut, 120))));
        assertThat(Objects.requireNonNull(result.broken()).where()).startsWith("b.zip: data/tweets.js");
        assertThat(store.all()).hasSize(1);
    }

    @Test
    void theManifestNamesTheOwnerWhereTheAccountIsMissing() {
        read(zip("data/tweets.js", tweetsJs(tweet("1", "one")), "data/manifest.js", "window.__THAR_CONFIG = {\"userInfo\": {\"userName\": \"@Brook\"}}"));
        assertThat(store.all()).extracting(Post::author).containsExactly("brook");
    }

    @Test
    void anAccountIsNamedWithAnAtSignTooAndAnotherAuthorThanItsIsTold() {
        ImportResult result = Archives.read(store, zip("data/account.js", Archives.ACCOUNT.replace("Reef", "@Reef"), "data/tweets.js", tweetsJs(tweet("1", "one"))), "other");
        assertThat(store.all()).extracting(Post::author).containsExactly("other");
        assertThat(result.notes()).extracting(Remark::reason).singleElement().asString().contains("@reefkeeper's", "by @other");
    }

    @Test
    void whatAnArchiveSaysOfItselfIsNoPost() {
        for (String file : List.of(Archives.ACCOUNT, OF_TWO)) {
            assertThatThrownBy(() -> read(file.getBytes())).hasMessageContaining("no posts");
        }
    }

    @Test
    void aLongTextThatIsNotEscapedIsJoinedAsItStands() {
        String whole = "code &lt; " + "the tide turns twice a day. ".repeat(20).strip();
        read(zip("data/account.js", Archives.ACCOUNT, "data/tweets.js", tweetsJs(tweet("1", whole.substring(0, 260).replace("&", "&amp;") + "… https://t.co/AbCdEf1234")),
                "data/note-tweet.js", "window.YTD.note_tweet.part0 = [{\"noteTweet\": {\"noteTweetId\": \"9\", \"createdAt\": \"2024-10-01T12:00:00.000Z\", \"core\": {\"text\": \""
                        + whole + "\"}}}]"));
        assertThat(store.all()).extracting(Post::text).containsExactly(whole);
    }

    @Test
    void aTableInMarkdownIsNoCsv() {
        assertThatThrownBy(() -> read("| id | text | created_at |\n| --- | --- | --- |\n| 1 | a | 2025-06-03 |\n".getBytes()))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.sentence()).contains("Markdown"));
    }

    @Test
    void theCopyOfAFileIsToldAndNotRead() {
        for (String copy : new String[] {"data/tweets copy.js", "data/tweets 2.js", "data/tweets (1).js", "data/tweets-part1 2.js"}) {
            ImportResult result = read(zip("data/account.js", Archives.ACCOUNT, "data/tweets.js", tweetsJs(tweet("1", "one")), copy, tweetsJs(tweet("2", "two"))));
            assertThat(result.notes()).extracting(Remark::where).containsExactly(copy);
        }
        assertThat(store.all()).hasSize(1);
    }

    @Test
    void anEditThatNamesOnlyItsFirstVersionIsOnePostWithIt() {
        read(zip("data/account.js", Archives.ACCOUNT, "data/tweets.js", tweetsJs(tweet("1841088573646540801", "teh reef"), """
                {"tweet": {"edit_info": {"edit": {"initialTweetId": "1841088573646540801"}}, "id_str": "1841088573646540899", "full_text": "the reef",
                "created_at": "Tue Oct 01 12:09:00 +0000 2024"}}""")));
        assertThat(store.all()).extracting(Post::text).containsExactly("the reef");
    }

    private static String note(String text) {
        return "window.YTD.note_tweet.part0 = [{\"noteTweet\": {\"noteTweetId\": \"9\", \"createdAt\": \"2024-10-01T12:00:00.000Z\", \"core\": {\"text\": \"" + text + "\"}}}]";
    }

    private static Map.Entry<String, byte[]> loose(String name, String text) {
        return Map.entry(name, text.getBytes());
    }

    private static Stream<Map.Entry<String, byte[]>> part(String name, String... namesAndTexts) {
        return Stream.of(Map.entry(name, zip(namesAndTexts)));
    }

    /** Reads the files of one upload. */
    private ImportResult read(List<Map.Entry<String, byte[]>> files) {
        try (ImportRun run = new ImportRun(store, null, false, Turns.free())) {
            files.forEach(file -> run.read(new ByteArrayInputStream(file.getValue()), file.getKey()));
            return run.end();
        }
    }

    private ImportResult read(byte[] file) {
        return Archives.read(store, file, null);
    }
}
