package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.imports.ImportResult.Remark;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;

/** What X's servers answer its own pages, as people save it from their browsers. */
class WebClientPostsTest {

    private static final String ID = "1367219507688378369";

    private final MemoryStore store = new MemoryStore();

    private static String result(String id, String text, String more, String inLegacy) {
        return """
                {"__typename":"Tweet","rest_id":"%s","core":{"user_results":{"result":{"rest_id":"42","legacy":{"screen_name":"reef"}}}},"edit_control":{"edit_tweet_ids":["%s"]}%s,
                 "legacy":{"created_at":"Wed Mar 03 21:05:07 +0000 2021","full_text":"%s","id_str":"%s","favorite_count":7,"retweet_count":2,"reply_count":1,
                  "entities":{"urls":[{"url":"https://t.co/abc","expanded_url":"https://example.org/a"}]}%s}}""".formatted(id, id, more, text, id, inLegacy).replace("\n", "");
    }

    private static String timeline(String... contents) {
        StringBuilder entries = new StringBuilder();
        for (String content : contents) {
            entries.append("{\"entryId\":\"e\",\"content\":{\"itemContent\":").append(content).append("}},");
        }
        return "{\"data\":{\"user\":{\"result\":{\"timeline_v2\":{\"timeline\":{\"instructions\":[{\"type\":\"TimelineClearCache\"},{\"entries\":[" + entries
                + "{\"content\":{\"value\":\"cursor\"}}]}]}}}}}}";
    }

    private static String item(String result) {
        return "{\"tweet_results\":{\"result\":" + result + "}}";
    }

    @Test
    void theOwnPostsOfATimelineAreReadWithTheirLongTextsAndLinks() {
        String note = ",\"note_tweet\":{\"note_tweet_results\":{\"result\":{\"text\":\"all of it, see https://t.co/def\",\"entity_set\":{\"urls\":[{\"url\":\"https://t.co/def\",\"expanded_url\":\"https://example.org/long\"}]}}}}";
        String quoting = result("1367219507688378370", "quoting &amp; co https://t.co/abc", ",\"quoted_status_result\":{\"result\":" + result("7", "of another", "", "") + "}", "");
        String repost = result("1367219507688378371", "RT @blue: hi", "", ",\"retweeted_status_result\":{\"result\":" + result("8", "hi", "", "") + "}");
        ImportResult result = run(timeline(item(result(ID, "all of…", note, "")), item(quoting), item(repost), item("{\"__typename\":\"TweetTombstone\"}"),
                item("{\"__typename\":\"TweetWithVisibilityResults\",\"tweet\":" + result("1367219507688378372", "limited", "", "") + "}"),
                item(result("1367219507688378373", "buy", "", "")).replaceFirst("\\{", "{\"promotedMetadata\":{},")));
        assertThat(store.all()).extracting(Post::id, Post::text).containsExactly(tuple(ID, "all of it, see https://example.org/long"),
                tuple("1367219507688378370", "quoting & co https://example.org/a"), tuple("1367219507688378372", "limited"));
        assertThat(store.all()).allSatisfy(post -> {
            assertThat(post.author()).isEqualTo("reef");
            assertThat(post.counts()).isEqualTo(new PostCounts(7, 2, 1));
        });
        assertThat(result.leftOut().reposts()).isEqualTo(1);
        assertThat(result.rejected()).extracting(Remark::reason).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s\n%s\n", "[%s,%s]"})
    void severalAnswersAndBareResultsAreRead(String file) {
        run(file.formatted(timeline(item(result(ID, "one", "", ""))), result("1367219507688378370", "two", "", "")));
        assertThat(store.all()).extracting(Post::text).containsExactly("one", "two");
    }

    private ImportResult run(String file) {
        return Archives.read(store, file.getBytes(StandardCharsets.UTF_8), null);
    }
}
