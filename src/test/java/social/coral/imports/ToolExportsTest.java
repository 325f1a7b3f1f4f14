package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.api.Failure;
import social.coral.imports.ImportResult.Remark;
import social.coral.networks.Post;

/** What planners, databases, scrapers and other networks export: posts are read as they are, and nothing that is not on X becomes a post of X. */
class ToolExportsTest {

    private static final String ID = "1929840480875446273";
    private static final String TIME = "2025-06-03T10:00:00Z";
    private static final String POST = "{\"id\":\"%s\",\"text\":\"one\",\"created_at\":\"%s\"}".formatted(ID, TIME);

    private MemoryStore store = new MemoryStore();

    @ParameterizedTest
    @ValueSource(strings = {"[{\"data\":[%s]},{\"data\":[]}]", "{\"items\":[%s]}", "{\"tweets\":{\"a\":%s}}", "{\"_airbyte_data\":%s}", "{\"hits\":{\"total\":1,\"hits\":[{\"_source\":%s}]}}",
        "export const tweets = [%s];", "%s,\n", "{\"items\":[],\"results\":[%s]}", "{\"data\":{},\"tweets\":[%s]}", "[{\"tweet\":%s,\"items\":[]}]", "[{\"tweet\":%s,\"data\":{\"lang\":\"en\"}}]",
        "{\"content\":\"My posts\",\"items\":[%s]}", "{\"data\":{\"2024-05\":[%s],\"total\":1}}", "{\"data\":[%s],\"includes\":{\"users\":[{\"username\":\"blue\"}],\"tweets\":[{\"id\":\"7\",\"text\":\"of another\"}]}}"})
    void postsAreFoundInWhatProgramsPutAroundThem(String file) {
        ImportResult result = run(file.replace("%s", POST));
        assertThat(store.all()).extracting(Post::text, Post::author).containsExactly(tuple("one", "reef"));
        assertThat(result.rejected()).isEmpty();
        assertThat(result.notes()).isEmpty();
    }

    @Test
    void aPostThatHoldsListsOfItsOwnIsOnePost() {
        ImportResult result = run(POST.replace("}", ",\"items\":[" + POST.replace(ID, "1929840480875446274") + "]}"));
        assertThat(store.all()).extracting(Post::id).containsExactly(ID);
        assertThat(result.notes()).extracting(Remark::reason).singleElement().asString().contains("within another post").endsWith("“items”.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":[],\"meta\":{}}", "[{\"data\":[]},{\"data\":[]}]", "{\"data\":[]}\n{\"data\":[]}"})
    void aFileWithEmptyListsIsToldToHoldNoPosts(String file) {
        assertThat(run(file).notes()).extracting(Remark::reason).containsExactly("This file holds no posts.");
    }

    @Test
    void whatMongoWritesAroundValuesIsTakenOff() {
        run("[{\"_id\":{\"$oid\":\"66\"},\"id\":{\"$numberLong\":\"%s\"},\"text\":\"a\",\"created_at\":{\"$date\":{\"$numberLong\":\"1748944800000\"}},\"likes\":{\"$numberInt\":\"7\"}}]".formatted(ID));
        assertThat(store.all()).singleElement().satisfies(post -> {
            assertThat(post.id()).isEqualTo(ID);
            assertThat(post.createdAt()).isEqualTo(TIME);
            assertThat(post.counts().likes()).isEqualTo(7);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"uri,at://did:plc:x/app.bsky.feed.post/3k", "from_id,user1", "service,LinkedIn"})
    void whatIsElsewhereIsNoPost(String cells) {
        String[] cell = cells.split(",", 2);
        ImportResult result = run("text,created_at,%s\nnot on X,%s,%s\nmine,%s,\n".formatted(cell[0], TIME, cell[1], TIME));
        assertThat(store.all()).extracting(Post::text).containsExactly("mine");
        assertThat(result.rejected()).extracting(Remark::reason).containsExactly("This is not a published post from X.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status,Draft", "Status,Scheduled", "post_status,failed", "state,Needs approval", "status,Deleted", "Publishing Status,PENDING_APPROVAL", "status,Paused",
        "status,Trashed", "status,Archived", "status,Private", "status,Failed: duplicate content", "status,Error - rate limit", "status,Scheduled for Monday", "status,Sent for approval",
        "status,unpublished", "status,Cancelled", "stage,Queued", "status,in_review"})
    void aRowWhoseStatusTellsThatItsPostIsNotOnXIsLeftOutAndCountedUnderTheStatus(String cells) {
        String[] cell = cells.split(",", 2);
        ImportResult result = run("text,created_at,%s\nnot on X,%s,%s\nmine,%s,\n".formatted(cell[0], TIME, cell[1], TIME));
        assertThat(store.all()).extracting(Post::text).containsExactly("mine");
        assertThat(result.leftOut().notOnX()).isEqualTo(1);
        assertThat(result.rejected()).isEmpty();
        assertThat(result.notes()).extracting(Remark::sentence).anyMatch(note -> note.startsWith("Line 2: ") && note.contains("status says that the post is not on X: “" + cell[1] + "” 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status,Published", "status,SENT", "Status,posted", "status,Success", "status,Live", "status,Complete", "status,Published on X", "state,Texas", "status,nan", "status,"})
    void aRowWhoseStatusTellsNothingElseIsTaken(String cells) {
        String[] cell = cells.split(",", 2);
        ImportResult result = run("text,created_at,%s\nmine,%s,%s\n".formatted(cell[0], TIME, cell[1]));
        assertThat(result.imported()).isEqualTo(1);
        assertThat(result.leftOut().all()).isZero();
    }

    @Test
    void aStatusThatIsNotKnownIsToldAndOfTwoStatusesOneIsEnoughToLeaveARowOut() {
        ImportResult result = run("text,created_at,Status,Post Status\na,%s,Wibble,\nb,%s,Approved,Sent\nc,%s,Sent,Sent\n".formatted(TIME, TIME, TIME));
        assertThat(store.all()).extracting(Post::text).containsExactly("c");
        assertThat(result.rejected()).extracting(Remark::sentence)
                .containsExactly("Line 2: The status “Wibble” does not tell whether the post was published. Write Published or Draft there, or rename the column.");
        assertThat(result.leftOut().notOnX()).isEqualTo(1);
    }

    @Test
    void statusesBeyondTwentyAreCountedTogether() {
        StringBuilder rows = new StringBuilder("text,created_at,status\n");
        for (int i = 0; i < 30; i++) {
            rows.append("a%d,%s,Failed because %s\n".formatted(i, TIME, "x".repeat(i + 1)));
        }
        assertThat(run(rows.toString()).notes()).extracting(Remark::reason).singleElement().asString().endsWith("others 10 (first seen here).");
    }

    @Test
    void aPostThatWasSentFromAnotherNetworkToXStays() {
        run("id,text,created_at,source,status\n%s,a picture,%s,Instagram,Sent\n".formatted(ID, TIME));
        assertThat(store.all()).hasSize(1);
    }

    @Test
    void theLinkOfAPostOnAnotherNetworkSaysSoAndALinkThatAPostSharesDoesNot() {
        String toot = "https://mastodon.social/@reef/112437611111111111";
        ImportResult result = run("id,text,created_at,url\n112437611111111111,toot,%s,%s\n%s,see my toot,%s,%s\n".formatted(TIME, toot, ID, TIME, toot));
        assertThat(store.all()).extracting(Post::text).containsExactly("see my toot");
        assertThat(result.rejected()).extracting(Remark::reason).containsExactly("The link of the post leads to mastodon.social and not to X.");
    }

    @ParameterizedTest
    @CsvSource({"LinkedIn, 'Post title,Post link,Posted on'", "TikTok, 'Video ID,Description,Posted at,Views'", "Instagram, 'Post ID,Account username,Description,Permalink,Post type'",
        "Discord, 'AuthorID,Author,Date,Content,Attachments,Reactions'", "Reddit, 'id,permalink,date,subreddit,title,body'", "Hootsuite, 'Date,Message,Link'",
        "Buffer, 'Text,Image URL,Tags,Posting Time'", "Threads, 'Post ID,Account username,Description,Publish time,Permalink'",
        "account overview of X Analytics, 'Date,Impressions,Likes,Engagements,Bookmarks'", "looks like a post, '1885614061777846275,Low tide,2025-02-01T09:00:00Z'",
        "'“a1”, “a2”, “a3”, “a4” and 2 more', 'a1,a2,a3,a4,a5,a6'"})
    void aTableOfAnotherNetworkOrAPlanIsNamed(String name, String header) {
        assertThatThrownBy(() -> run(header + "\n1,2,3,4,5,6\n")).isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.sentence()).contains(name));
    }

    @Test
    void columnsAreNamedWhereNoneHoldsTheTime() {
        assertThatThrownBy(() -> run("Datum;Text;Likes\n1;2;3\n")).hasMessageContaining("Which of the columns “Datum”, “Text”, “Likes” holds the time?");
    }

    @Test
    void theUsernameCountsAndNotTheNameBesideIt() {
        run("id,text,created_at,author,username\n%s,a,%s,Reef Keeper,blue\n".formatted(ID, TIME));
        assertThat(store.all()).extracting(Post::author).containsExactly("blue");
        run("id,text,created_at,author\n%s,a,%s,Reef Keeper (@blue)\n".formatted(ID, TIME));
        assertThat(store.all()).extracting(Post::author).containsExactly("blue");
        run("[" + POST.replace("}", ",\"username\":\"blue\",\"author\":\"Reef Keeper\"}") + "]");
        assertThat(store.all()).extracting(Post::author).containsExactly("blue");
    }

    @Test
    void aLinkToAnotherPostNamesNoAuthor() {
        run("id,text,created_at,permalink\n%s,a,%s,https://x.com/blue/status/1929840480875446000\n".formatted(ID, TIME));
        assertThat(store.all()).extracting(Post::author).containsExactly("reef");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://fxtwitter.com/reef/status/" + ID, "https://nitter.net/reef/status/" + ID + "#m"})
    void linksOfMirrorsAreIds(String link) {
        run("id,text,created_at\n%s,a,%s\n".formatted(link, TIME));
        assertThat(store.all()).extracting(Post::id).containsExactly(ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-06-03 6:00:00-04", "2025-6-3 10:00:00", "2025/06/03 10:00", "June 3, 2025 10:00 AM", "Jun 3, 2025, 10:00 am"})
    void timesThatReadOneWayAreReadWithoutLeadingZeros(String time) {
        run("id,text,created_at\n%s,a,\"%s\"\n".formatted(ID, time));
        assertThat(store.all()).extracting(post -> post.createdAt().toString()).containsExactly(TIME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id, text, created_at\n%s, \"he said, hi\", %s\n", "id,\"the\ntext\",text,created_at\n%s,,\"he said, hi\",%s\n"})
    void spacesAfterDelimitersAndBreaksInTitlesAreNoPartOfTexts(String file) {
        run(file.formatted(ID, TIME));
        assertThat(store.all()).extracting(Post::text).containsExactly("he said, hi");
    }

    @Test
    void theSeparatorLineOfATableWithTabsIsPassedOver() {
        run("sep=\t\r\nid\ttext\tcreated_at\r\n%s\ta\t%s\r\n".formatted(ID, TIME));
        assertThat(store.all()).hasSize(1);
    }

    @Test
    void linksThatPythonPrintsAndPicturesInAListAreKnown() {
        run("id,rawContent,date,links\n%s,see https://t.co/abc,%s,\"[TextLink(text='example.org', url='https://example.org/a', tcourl='https://t.co/abc', indices=(4, 27))]\"\n".formatted(ID, TIME));
        assertThat(store.all()).extracting(Post::text).containsExactly("see https://example.org/a");
        run("id,full_text,created_at,media\n%s,look https://t.co/pic,%s,\"[{\"\"type\"\":\"\"photo\"\",\"\"url\"\":\"\"https://t.co/pic\"\"}]\"\n".formatted(ID, TIME));
        assertThat(store.all()).extracting(Post::text).containsExactly("look");
    }

    @ParameterizedTest
    @CsvSource({"a MÃ¤dchen, wrong encoding, “MÃ¤dchen”", "so itâ€™s, wrong encoding, “itâ€™s”", "one<br>two, has HTML, “one<br>two”"})
    void lettersThatWereReadAsOthersAreQuoted(String text, String words, String quote) {
        assertThat(run("id,text,created_at\n%s,%s,%s\n".formatted(ID, text, TIME)).notes()).extracting(Remark::reason).singleElement().asString().contains(words, quote);
        assertThat(run("id,text,created_at\n%s,“AMANHÃ” à Âncora Ã,%s\n".formatted(ID, TIME)).notes()).isEmpty();
    }

    @Test
    void whatExcelPutsAroundATextIsTakenOff() {
        run("id,text,created_at\n%s,\"=\"\"he said \"\"\"\"hi\"\"\"\"\"\"\",%s\n".formatted(ID, TIME));
        assertThat(store.all()).extracting(Post::text).containsExactly("he said \"hi\"");
        run("id,text,created_at\n%s,\"one_x000D_\ntwo\",%s\n".formatted(ID, TIME));
        assertThat(store.all()).extracting(Post::text).containsExactly("one\ntwo");
    }

    @Test
    void theRestOfATextWhereACountShouldBeRejectsTheRow() {
        ImportResult result = run("id,text,likes,created_at\n%s,hello, world,%s\n".formatted(ID, TIME));
        assertThat(store.all()).isEmpty();
        assertThat(result.rejected()).extracting(Remark::reason).singleElement().asString().contains("count of likes", "quotes");
    }

    @Test
    void aTextThatTheFileHasCutOffIsTold() {
        assertThat(run("id,text,created_at\n%s,%s…,%s\n".formatted(ID, "x".repeat(139), TIME)).notes()).extracting(Remark::reason).containsExactly("A text is cut off in the file.");
        assertThat(run("id,text,created_at\n%s,%s…,%s\n".formatted(ID, "x".repeat(100), TIME)).notes()).isEmpty();
        ImportResult result = run("[" + POST.replace("one", "one and…").replace("}", ",\"truncated\":true}") + "]");
        assertThat(result.notes()).extracting(Remark::reason).containsExactly("A text is cut off in the file.");
    }

    private ImportResult run(String file) {
        store = new MemoryStore();
        return Archives.read(store, file.getBytes(StandardCharsets.UTF_8), "reef");
    }
}
