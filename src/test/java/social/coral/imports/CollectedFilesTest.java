package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;

/** Files of the programs that collect posts of X, whose texts are escaped and whose links are short as X gives them. */
class CollectedFilesTest {

    private static final String SNSCRAPE = """
            {"_type": "snscrape.modules.twitter.Tweet", "url": "https://twitter.com/reef/status/1929840480875446273", "date": "2025-06-03T10:00:00+00:00",
            "content": "Hallo &amp; &quot;du&quot; https://t.co/aaaaaaaaa1 https://t.co/picture001", "renderedContent": "Hallo & du example.org/a", "id": 1929840480875446273,
            "user": {"username": "Reef", "id": 42}, "replyCount": 1, "retweetCount": 2, "likeCount": 3, "conversationId": 1929840480875446273, "lang": "de",
            "media": [{"type": "photo"}], "inReplyToTweetId": 1929840480875446200, "retweetedTweet": null, %s}
            """;

    private MemoryStore store = new MemoryStore();

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {
        "\"links\": [{\"text\": \"example.org/a\", \"url\": \"https://example.org/a\", \"tcourl\": \"https://t.co/aaaaaaaaa1\"}]",
        "\"outlinks\": [\"https://example.org/a\"], \"tcooutlinks\": [\"https://t.co/aaaaaaaaa1\"]"})
    void snscrapesObjectsAreReadWithTheirLinksAndEscapes(String links) {
        run(SNSCRAPE.formatted(links).replace("\n", " ") + "\n", null);
        assertThat(store.all()).singleElement().satisfies(post -> {
            assertThat(post.text()).isEqualTo("Hallo & \"du\" https://example.org/a");
            assertThat(post.author()).isEqualTo("reef");
            assertThat(post.inReplyToId()).isEqualTo("1929840480875446200");
            assertThat(post.counts()).isEqualTo(new PostCounts(3, 2, 1));
        });
    }

    @Test
    void snscrapesRepostIsNoPost() {
        assertThat(run(SNSCRAPE.formatted("\"x\": 1").replace("\n", " ").replace("\"retweetedTweet\": null", "\"retweetedTweet\": {\"id\": 1}") + "\n", null)
                .leftOut().reposts()).isEqualTo(1);
    }

    @Test
    void theTableOfSnscrapeIsReadToo() {
        run("""
                date,content,renderedContent,id,user,replyCount,retweetCount,likeCount,outlinks,tcooutlinks,inReplyToTweetId,retweetedTweet
                2025-06-03 10:00:00+00:00,Hallo &amp; du https://t.co/aaaaaaaaa1,Hallo,1929840480875446273,"{'_type': 'User', 'username': 'reef', 'id': 42}",1,2,3,['https://example.org/a'],['https://t.co/aaaaaaaaa1'],,
                """, null);
        assertThat(store.all()).extracting(Post::text).containsExactly("Hallo & du https://example.org/a");
        assertThat(store.all()).extracting(Post::author).containsExactly("reef");
    }

    @Test
    void tablesThatAreMadeOfTheApisObjectsAreDecodedOnceAndHaveTheirCountsAndReferences() {
        ImportResult result = run("""
                id,text,created_at,author_id,author.username,public_metrics.like_count,public_metrics.retweet_count,public_metrics.reply_count,referenced_tweets,entities.urls,note_tweet.text
                1929840480875446273,R&amp;D &amp;lt; https://t.co/aaaaaaaaa1,2025-06-03T10:00:00.000Z,42,Reef,3,2,1,"[{'type': 'replied_to', 'id': '1929840480875446203'}]","[{'start': 0, 'end': 23, 'url': 'https://t.co/aaaaaaaaa1', 'expanded_url': 'https://example.org/a'}]",
                1929840480875446275,cut…,2025-06-03T10:00:00.000Z,42,Reef,0,0,0,,,whole &amp; long
                1929840480875446277,RT @x: theirs,2025-06-03T10:00:00.000Z,42,Reef,0,0,0,"[{""type"": ""retweeted"", ""id"": ""1929840480875446201""}]",,
                """, null);
        assertThat(store.all()).extracting(Post::text).containsExactly("R&D &lt; https://example.org/a", "whole & long");
        assertThat(store.all().getFirst().counts()).isEqualTo(new PostCounts(3, 2, 1));
        assertThat(store.all().getFirst().inReplyToId()).isEqualTo("1929840480875446203");
        assertThat(store.all()).extracting(Post::author).containsOnly("reef");
        assertThat(result.leftOut().reposts()).isEqualTo(1);
        assertThat(result.notes()).isEmpty();
    }

    /** What stands in the file, and what was written. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "say &quot;hi&quot; it&#39;s|say \"hi\" it's",
        "it&#x27;s &apos;so&apos; &hellip;|it's 'so' …",
        "write &amp;#39; and &amp;lt;b&amp;gt; and &amp;quot;|write &#39; and &lt;b&gt; and &quot;",
        "a &lt b, R&D, &copy 2025, &foo; & more|a &lt b, R&D, &copy 2025, &foo; & more"})
    void eachEscapeIsDecodedOnce(String escaped, String written) {
        run(Archives.tweetsJs(Archives.tweet("1841000000000000001", escaped)), "reef");
        assertThat(store.all()).extracting(Post::text).containsExactly(written);
        run("id,text,created_at\n1841000000000000001,\"" + escaped.replace("\"", "\"\"") + "\",2024-10-01T12:00:00Z\n", "reef");
        assertThat(store.all()).as("a table in which nothing shows that it is escaped").extracting(Post::text).containsExactly(escaped);
    }

    @Test
    void aNumberThatIsNoneInJsonIsNoValue() {
        run("[{\"id\":\"1929840480875446273\",\"text\":\"one\",\"created_at\":\"2025-06-03T10:00:00Z\",\"likes\":NaN,\"in_reply_to_status_id\":-Infinity,\"community_id\":NaN,\"author\":NaN}]", "reef");
        assertThat(store.all()).extracting(Post::text, Post::author, Post::inReplyToId).containsExactly(tuple("one", "reef", null));
    }

    @Test
    void aSheetOfTagsHasItsAuthorsAndLinks() {
        run("""
                id_str,from_user,text,created_at,time,from_user_id_str,status_url,entities_str
                1929840480875446273,Blue,fish &amp; chips https://t.co/aaaaaaaaa1,Tue Jun 03 10:00:00 +0000 2025,03/06/2025 10:00:00,7,http://twitter.com/blue/statuses/1929840480875446273,"{""urls"":[{""url"":""https://t.co/aaaaaaaaa1"",""expanded_url"":""https://example.org/a"",""indices"":[1,2]}]}"
                """, "reef");
        assertThat(store.all()).extracting(Post::author, Post::text).containsExactly(tuple("blue", "fish & chips https://example.org/a"));
    }

    /** The text in an archive of 2012 to 2018, the addresses beside it, and what was written. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "look http://t.co/a1|http://twitter.com/reef/status/340000000000000123/photo/1|look",
        "look http://t.co/a1|http://twitter.com/reef/status/340000000000000123/photo/1,http://twitter.com/reef/status/340000000000000123/photo/1|look",
        "theirs http://t.co/a1|http://twitter.com/reef/status/340000000000000124/photo/1|theirs http://twitter.com/reef/status/340000000000000124/photo/1",
        "see http://t.co/a1|http://example.org/a,b.html|see http://example.org/a,b.html",
        "two http://t.co/a1 http://t.co/a2|http://example.org/1,http://twitter.com/reef/status/340000000000000123/photo/1|two http://example.org/1"})
    void theLinksOfTheOldTablesOfXAreWrittenOut(String text, String addresses, String written) {
        run("tweet_id,timestamp,text,retweeted_status_timestamp,expanded_urls\n340000000000000123,2013-05-30 07:00:55 +0000," + text + ",,\"" + addresses + "\"\n", "reef");
        assertThat(store.all()).extracting(Post::text).containsExactly(written);
    }

    @Test
    void theTextOfTwintIsItsTweet() {
        run("id,created_at,username,tweet,retweet\n1929840480875446273,2025-06-03 10:00:00 +0000,reef,hello,False\n", null);
        assertThat(store.all()).extracting(Post::text).containsExactly("hello");
    }

    /** Each of these took minutes when its time grew with the square of its length. */
    @Test
    @Timeout(20)
    void aHostileTextTakesNoLongerThanAnyOther() {
        String many = "'url': 'https://t.co/a' ".repeat(25_000);
        run("id,text,created_at,author_id,user,entities.urls,referenced_tweets\n1929840480875446273,\"" + "&".repeat(200_000) + "\",2025-06-03,1,\"{" + "'username': 'a' ".repeat(3_000)
                + "!\",\"" + many + "\",\"" + "{'type': ".repeat(10_000) + "\"\n", "reef");
        assertThat(store.all()).isEmpty();
        run("id\ttext\tcreated_at\n" + "1929840480875446275\ta post\t2025-06-03\n".repeat(3_000) + "1929840480875446273\t\"" + "\"\"".repeat(200_000) + "\"\t2025-06-03\n", "reef");
        assertThat(store.all()).hasSize(1);
    }

    private ImportResult run(String file, @Nullable String author) {
        store = new MemoryStore();
        return Archives.read(store, file.getBytes(StandardCharsets.UTF_8), author);
    }
}
