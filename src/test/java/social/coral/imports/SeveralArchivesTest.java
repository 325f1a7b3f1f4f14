package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static social.coral.imports.Archives.tweet;
import static social.coral.imports.Archives.tweetsJs;
import static social.coral.imports.Archives.zip;

import org.junit.jupiter.api.Test;
import social.coral.api.Failure;
import social.coral.imports.ImportResult.Told;
import social.coral.networks.Post;

/** Several archives in one ZIP: each post is by the owner of its own. */
class SeveralArchivesTest {

    private static final String OTHER = Archives.ACCOUNT.replace("ReefKeeper", "Brook");
    private static final String MANIFEST = """
            window.__THAR_CONFIG = {"dataTypes": {"tweets": {"files": [{"fileName": "data/tweets.js", "count": "1"}]}}}""";

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
    void anArchiveThatNamesNoOwnerIsTold() {
        ImportResult result = read(zip(
                "a/data/account.js", Archives.ACCOUNT, "a/data/tweets.js", tweetsJs(tweet("1", "by reef")), "b/data/tweets.js", tweetsJs(tweet("2", "by whom"))));
        assertThat(result.imported()).isEqualTo(2);
        assertThat(result.notes()).extracting(Told::where).containsExactly("b/");
        assertThat(result.notes()).extracting(Told::reason).singleElement().asString().contains("no account.js");
    }

    @Test
    void partsInFoldersOfTheirOwnAreOneArchive() {
        read(zip("account.js", Archives.ACCOUNT, "tweets.js", tweetsJs(tweet("1", "one")), "more/tweets-part1.js", tweetsJs(tweet("2", "two"))));
        assertThat(store.all()).extracting(Post::author).containsExactly("reefkeeper", "reefkeeper");
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
            assertThat(result.notes()).extracting(Told::where).containsExactly(copy);
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

    private ImportResult read(byte[] file) {
        return Archives.read(store, file, null);
    }
}
