package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.api.Failure;
import social.coral.imports.ImportResult.LeftOut;
import social.coral.imports.ImportResult.Remark;
import social.coral.networks.Post;
import social.coral.portability.Turns;
import tools.jackson.databind.json.JsonMapper;

/** Rows of tables and of JSON that are no writing of the author's own, however a program says so. */
class LeftOutRowsTest {

    private static final String ONE = "1899764561337417728";
    private static final String TWO = "1899764561337417729";
    private static final String TIME = "2025-03-12T10:09:01Z";

    private MemoryStore store = new MemoryStore();

    /** A column, its value in a row that is to be left out, one in a row that stays, and as what the first is counted. */
    @ParameterizedTest
    @CsvSource({
        "isRetweet,t,f,reposts", "is_retweet,ja,nein,reposts", "is_retweet,oui,non,reposts", "is_retweet,sí,no,reposts", "is_rt,on,off,reposts", "deleted,x,,deleted", "is_retweet,TRUE,FALSE,reposts", "is_retweet,1,0,reposts", "Is Repost,WAHR,FALSCH,reposts",
        "retweet,True,False,reposts", "retweet,true,7,reposts", "tweet_type,Retweet,Tweet,reposts", "type,RETWEET,reply,reposts", "referenced_tweets.0.type,retweeted,replied_to,reposts",
        "retweeted_status,1790000000000000010,,reposts", "RT Source,1790000000000000010,,reposts", "retweet_status_id,1790000000000000010,NA,reposts",
        "retweet_id,1790000000000000010,nan,reposts", "retweeted_status_id,1790000000000000010,0,reposts",
        "deleted,TRUE,FALSE,deleted", "deleted,1,0,deleted", "isDeleted,t,f,deleted", "is_deleted,yes,no,deleted", "deleted,2025-06-01 10:00,,deleted",
        "deleted_at,2025-06-01 10:00,None,deleted", "community_id,1493446837214187523,,communityPosts", "community_id,1493446837214187523,0,communityPosts"})
    void aRowThatIsNotTheAuthorsOwnPostIsLeftOutOfTablesAndOfJson(String column, String left, @Nullable String stays, String count) {
        String mine = stays == null ? "" : stays;
        String csv = "id,text,created_at," + column + "\n" + ONE + ",left," + TIME + "," + left + "\n" + TWO + ",stays," + TIME + "," + mine + "\n";
        String json = row(ONE, "left", column, left) + "\n" + row(TWO, "stays", column, mine) + "\n";
        for (String file : new String[] {csv, json}) {
            LeftOut leftOut = run(file).leftOut();
            assertThat(store.all()).as(file).extracting(Post::text).containsExactly("stays");
            assertThat(leftOut).as(file).isEqualTo(new LeftOut(count.equals("reposts") ? 1 : 0, count.equals("deleted") ? 1 : 0, count.equals("communityPosts") ? 1 : 0, 0, 0, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"is_retweet", "deleted"})
    void aWordThatIsNeitherYesNorNoIsTold(String column) {
        String csv = "id,text,created_at," + column + "\n" + ONE + ",perhaps," + TIME + ",perhaps\n" + TWO + ",no," + TIME + ",no\n";
        for (String file : new String[] {csv, row(ONE, "perhaps", column, "perhaps") + "\n"}) {
            assertThat(run(file).notes()).extracting(Remark::reason).singleElement().asString().contains("neither yes nor no", "“perhaps”");
        }
    }

    @Test
    void anEmptyObjectOfARepostedPostIsNone() {
        assertThat(run("[{\"id_str\":\"" + ONE + "\",\"full_text\":\"own\",\"created_at\":\"" + TIME + "\",\"retweeted_status\":{}}]").imported()).isEqualTo(1);
    }

    @Test
    void postsOfCommunitiesInATableAreTakenByChoiceLikeItsOtherRows() {
        String file = "text,created_at,community_id\nin a community," + TIME + ",1493446837214187523\n";
        try (ImportRun run = new ImportRun(store, "reef", true, Turns.free())) {
            run.read(Archives.stream(file), null);
            assertThat(run.end().notes()).extracting(Remark::reason).singleElement().asString().contains("without an id");
        }
        assertThat(store.all()).extracting(Post::text).containsExactly("in a community");
    }

    @Test
    void trueAndFalseOfJsonCountLikeTheirWords() {
        ImportResult result = run("[{\"id\":\"" + ONE + "\",\"text\":\"theirs\",\"created_at\":\"" + TIME + "\",\"is_retweet\":true},"
                + "{\"id\":\"" + TWO + "\",\"text\":\"mine\",\"created_at\":\"" + TIME + "\",\"is_retweet\":false,\"deleted\":false}]");
        assertThat(store.all()).extracting(Post::text).containsExactly("mine");
        assertThat(result.leftOut().reposts()).isEqualTo(1);
    }

    @Test
    void theFilesOfTheWebExporterAreReadWithTheirRepliesAndReposts() {
        String json = """
                [{"id":"%s","created_at":"2025-03-12 12:09:01 +02:00","full_text":"fish &amp; chips","screen_name":"reef","in_reply_to":"1790000000000000009","retweeted_status":null},
                 {"id":"%s","created_at":"2025-03-12 12:09:01 +02:00","full_text":"theirs","screen_name":"reef","in_reply_to":null,"retweeted_status":"1790000000000000010"}]
                """.formatted(ONE, TWO);
        String csv = """
                id,created_at,full_text,screen_name,in_reply_to,retweeted_status,views_count
                %s,2025-03-12 12:09:01 +02:00,fish &amp; chips,reef,1790000000000000009,,3
                %s,2025-03-12 12:09:01 +02:00,theirs,reef,,1790000000000000010,3
                """.formatted(ONE, TWO);
        String titles = csv.replace("id,created_at,full_text,screen_name,in_reply_to,retweeted_status", "ID,Date,Content,Screen Name,Replying To,RT Source");
        for (String file : new String[] {json, csv, titles}) {
            ImportResult result = run(file);
            assertThat(store.all()).as(file).extracting(Post::text).containsExactly("fish & chips");
            assertThat(store.all()).as(file).extracting(Post::inReplyToId).containsExactly("1790000000000000009");
            assertThat(result.leftOut().reposts()).as(file).isEqualTo(1);
            assertThat(result.notes()).as(file).extracting(Remark::reason)
                    .isEqualTo(file.equals(json) ? List.of() : List.of("This column was not read: “views_count”."));
        }
    }

    @Test
    void anEditedPostOfATableIsOnePost() {
        for (String versions : new String[] {"['%s', '%s']", "%s,%s", "[%s %s]"}) {
            String cell = "\"" + versions.formatted(ONE, TWO) + "\"";
            ImportResult result = run("id,created_at,text,edit_history_tweet_ids\n" + TWO + ",2025-03-12T10:20:00Z,second," + cell + "\n" + ONE + "," + TIME + ",first," + cell + "\n");
            assertThat(store.all()).extracting(Post::text).containsExactly("second");
            assertThat(store.all()).extracting(Post::createdAt).containsExactly(Instant.parse(TIME));
            assertThat(result.leftOut().olderVersions()).isEqualTo(1);
            assertThat(result.notes()).isEmpty();
        }
    }

    @Test
    void aStreamsNoticeOfADeletionTakesThePostOut() {
        ImportResult result = run("{\"id_str\":\"" + ONE + "\",\"text\":\"gone\",\"created_at\":\"" + TIME + "\"}\n"
                + "{\"delete\":{\"status\":{\"id\":" + ONE + ",\"id_str\":\"" + ONE + "\",\"user_id_str\":\"1\"},\"timestamp_ms\":\"1\"}}\n"
                + "{\"id_str\":\"" + TWO + "\",\"text\":\"kept\",\"created_at\":\"" + TIME + "\"}\n");
        assertThat(store.all()).extracting(Post::text).containsExactly("kept");
        assertThat(result.rejectedCount()).isZero();
        assertThat(result.leftOut().deleted()).as("its list and the post are one").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"data\":[{\"id\":\"%s\",\"text\":\"secret\",\"event_type\":\"MessageCreate\",\"created_at\":\"%s\"}]}",
        "{\"data\":[{\"id\":\"%s\",\"text\":\"secret\",\"dm_conversation_id\":\"1-2\",\"created_at\":\"%s\"}]}",
        "[{\"id\":\"%s\",\"text\":\"secret\",\"created_at\":\"%s\",\"sender_id\":\"2\",\"recipient_id\":\"1\"}]",
        "[{\"id\":\"%s\",\"text\":\"secret\",\"createdAt\":\"%s\",\"senderId\":\"2\",\"recipientId\":\"1\"}]",
        "id,text,sender_id,recipient_id,created_at\n%s,secret,2,1,%s\n"})
    void privateMessagesAreRefused(String file) {
        assertThatThrownBy(() -> run(file.formatted(ONE, TIME))).isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.status().value()).isEqualTo(415));
        assertThat(store.all()).isEmpty();
    }

    private static String row(String id, String text, String column, String value) {
        return JsonMapper.shared().createObjectNode().put("id", id).put("text", text).put("created_at", TIME).put(column, value).toString();
    }

    private ImportResult run(String file) {
        store = new MemoryStore();
        return Archives.read(store, file.getBytes(StandardCharsets.UTF_8), "reef");
    }
}
