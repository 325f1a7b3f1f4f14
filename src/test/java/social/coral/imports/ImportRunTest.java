package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static social.coral.imports.Archives.stream;
import static social.coral.imports.Archives.tweet;
import static social.coral.imports.Archives.tweetsJs;
import static social.coral.imports.Archives.zip;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.coral.api.Failure;
import social.coral.imports.ImportResult.Remark;
import social.coral.imports.archive.Place;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.portability.Turns;

class ImportRunTest {

    private MemoryStore store = new MemoryStore();
    private List<Post> stored = List.of();

    @Test
    void anArchiveIsReadWithItsEscapesItsCountsAndItsOldDates() {
        ImportResult result = run(tweetsJs(tweet("1841000000000000001", "Fish &amp; chips &lt;3 &amp;lt;"), """
                {"id_str": "9", "full_text": "no wrapper", "created_at": "Sun Jan 01 00:00:00 +0100 2017", "in_reply_to_status_id_str": "8"}"""), "reef");

        assertThat(result.imported()).isEqualTo(2);
        assertThat(stored.getFirst()).isEqualTo(new Post("1841000000000000001", "reef", "Fish & chips <3 &lt;",
                Instant.parse("2024-10-01T12:00:00Z"), "en", null, null, new PostCounts(5, 2, 0, true, false)));
        assertThat(stored.getLast().createdAt()).isEqualTo("2016-12-31T23:00:00Z");
        assertThat(stored.getLast().inReplyToId()).isEqualTo("8");
    }

    @Test
    void aWholeArchiveGivesItsPartsAndItsOwnerWhereverItStands() {
        byte[] archive = zip(
                "data/manifest.js", "window.__THAR_CONFIG = {}",
                "data/tweets-part1.js", tweetsJs(tweet("2", "second part")),
                "data/tweet-headers.js", tweetsJs(tweet("3", "not a post")),
                "data/tweets_media/4.js", tweetsJs(tweet("4", "not a post either")),
                "data/tweets.js", tweetsJs(tweet("1", "first part")),
                "data/account.js", Archives.ACCOUNT);

        assertThat(run(archive, null).imported()).isEqualTo(2);
        assertThat(stored).extracting(Post::author).containsOnly("reefkeeper");
        assertThat(stored).extracting(Post::id).containsExactly("2", "1");
    }

    @Test
    void whatThePersonSaysOfTheAuthorStandsAboveTheArchive() {
        run(zip("data/account.js", Archives.ACCOUNT, "data/tweets.js", tweetsJs(tweet("1", "words"))), "other");
        assertThat(stored).extracting(Post::author).containsExactly("other");
    }

    @Test
    void anAuthorThatNobodyNamesIsAskedForAndNothingIsStored() {
        assertThatThrownBy(() -> run(tweetsJs(tweet("1", "whose?")), null))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.errors().getFirst().field()).isEqualTo("author"));
        assertThat(stored).isEmpty();
    }

    @Test
    void tablesAreReadByTheNamesOfTheirColumns() {
        run("""
                \uFEFFTweet ID;Text;Created At;Likes;Author;what else
                17;"two
                lines; ""quoted\""";2024-10-01 12:00:00 +0000;3;@Reef;x
                18;plain;2024-10-01T14:00:00+02:00;;reef;
                19;day alone;2024-10-01;0;reef;
                """, null);

        assertThat(stored).extracting(Post::text).containsExactly("two\nlines; \"quoted\"", "plain", "day alone");
        assertThat(stored).extracting(Post::createdAt)
                .containsExactly(Instant.parse("2024-10-01T12:00:00Z"), Instant.parse("2024-10-01T12:00:00Z"), Instant.parse("2024-10-01T00:00:00Z"));
        assertThat(stored.getFirst().author()).isEqualTo("reef");
        assertThat(stored.getFirst().counts().likes()).isEqualTo(3);
    }

    @Test
    void theShapeOfTheApiIsReadTooAndAUsersIdIsNotThePosts() {
        run("""
                [{"id": 1841000000000000001, "text": "a &amp; b", "created_at": "2024-10-01T12:00:00.000Z", "author": {"id": "99", "username": "Reef"},
                  "public_metrics": {"like_count": 7, "retweet_count": 1, "reply_count": 2}, "quoted": {"id": "5", "text": "other"}}]""", null);

        assertThat(stored).singleElement().satisfies(post -> {
            assertThat(post.id()).isEqualTo("1841000000000000001");
            assertThat(post.text()).isEqualTo("a & b");
            assertThat(post.author()).isEqualTo("reef");
            assertThat(post.counts()).isEqualTo(new PostCounts(7, 1, 2));
        });
    }

    @Test
    void aBadRowIsNamedAndDoesNotStopTheRest() {
        ImportResult lines = run("""
                {"id":"1","content":"good","created_at":"2024-10-01T12:00:00Z"}
                {"id":"2","content":
                {"id":"1.84E+18","content":"rounded","created_at":"2024-10-01T12:00:00Z"}

                {"id":"3","content":"when?","created_at":"yesterday"}
                {"id":"4","content":" ","created_at":"2024-10-01T12:00:00Z"}
                {"id":"5","content":"too early","created_at":"1999-10-01T12:00:00Z"}
                {"id":"6","content":"odd","likes":"many","created_at":"2024-10-01T12:00:00Z"}
                {"id":"7","content":"good too","created_at":"2024-10-01T12:00:00Z"}""", "reef");

        assertThat(lines.imported()).isEqualTo(3);
        assertThat(lines.rejectedCount()).isEqualTo(5);
        assertThat(lines.rejected()).extracting(rejected -> rejected.place().line()).containsExactly(2L, 3L, 5L, 6L, 7L);
        assertThat(lines.rejected()).extracting(Remark::reason).allSatisfy(reason -> assertThat(reason).isNotBlank());

        ImportResult table = run("id,text,created_at\n1,\"a\nb\",2024-10-01\nx,bad,2024-10-01\n2,short\n", "reef");
        assertThat(table.rejected()).extracting(rejected -> rejected.place().line()).containsExactly(4L, 5L);

        ImportResult array = run("[{\"id\":\"1841000000000000001\",\"text\":\"a\",\"created_at\":\"2024-10-01\"}, 7,\n{\"id\":\"1841000000000000002\",\"text\":\"b\",\"created_at\":\"2024-10-01\",\"likes\":99999999999}]", "reef");
        assertThat(array.imported()).isEqualTo(2);
        assertThat(array.rejected()).extracting(Remark::where).containsExactly("Entry 2");
        assertThat(array.rejected()).extracting(rejected -> rejected.place().element()).containsExactly(2L);
        assertThat(array.notes()).extracting(Remark::where).containsExactly("Entry 3");
    }

    @Test
    void onlyTheFirstHundredBadRowsAreToldAndAllAreCounted() {
        ImportResult result = run("id,text,created_at\n" + "x,y,z\n".repeat(250), "reef");
        assertThat(result.rejected()).hasSize(100);
        assertThat(result.rejectedCount()).isEqualTo(250);
    }

    @Test
    void whatWasReadBeforeAFaultStaysAndTheFaultIsPlaced() {
        String good = tweetsJs(tweet("1", "one"), tweet("2", "two"), tweet("3", "three"));

        ImportResult cut = run(good.substring(0, good.length() - 20), "reef");
        assertThat(cut.imported()).isEqualTo(2);
        assertThat(breakOf(cut).line()).isEqualTo(3);

        byte[] zip = zip("data/tweets.js", tweetsJs(tweet("4", "four")), "data/tweets-part1.js", good.replace("three", "x".repeat(500)));
        ImportResult cutZip = run(Arrays.copyOf(zip, zip.length - 300), "reef");
        assertThat(cutZip.imported()).isGreaterThanOrEqualTo(1);
        assertThat(breakOf(cutZip).file()).isEqualTo("data/tweets-part1.js");
        assertThat(Objects.requireNonNull(cutZip.broken()).reason()).isEqualTo("The ZIP is cut off or damaged. Download it again. If it was split into parts, join them first.");

        ImportResult openQuote = run("id,text,created_at\n1,fine,2024-10-01\n2,\"never closed,2024-10-01\n", "reef");
        assertThat(openQuote.imported()).isEqualTo(1);
        assertThat(breakOf(openQuote).line()).isEqualTo(3);
        assertThat(Objects.requireNonNull(openQuote.broken()).reason()).startsWith("The CSV is not valid from here on. Perhaps a quote is not closed");
    }

    @Test
    void aListThatNeverEndsItsBracketsIsGivenUpWhereItStands() {
        ImportResult result = run("[{\"id_str\": \"1\", \"full_text\": \"a post\", \"created_at\": \"2024-10-01\"}, " + "[".repeat(5_000), "reef");

        assertThat(result.imported()).isEqualTo(1);
        assertThat(Objects.requireNonNull(result.broken()).reason()).contains("nested too deep");
    }

    @Test
    void aQuoteThatIsNeverClosedIsGivenUpBeforeItFillsTheMemory() {
        ImportResult result = run("id,text,created_at\n1,fine,2024-10-01\n2,\"" + "x".repeat(3_000_000), "reef");
        assertThat(result.imported()).isEqualTo(1);
        assertThat(result.broken()).isNotNull();
    }

    @Test
    void aZipThatWasMadeToUnfoldWithoutEndIsStopped() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("data/tweets.js"));
            zip.write(tweetsJs(tweet("1", "one")).getBytes());
            zip.putNextEntry(new ZipEntry("data/tweets_media/bomb.mp4"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                zip.write(zeros);
            }
        }
        ImportResult result = run(bytes.toByteArray(), "reef");
        assertThat(result.imported()).isEqualTo(1);
        assertThat(breakOf(result).file()).isEqualTo("data/tweets_media/bomb.mp4");
    }

    @Test
    void whatIsNoListOfPostsIsRefusedWithTheNamesOfWhatIs() {
        for (String other : List.of("%PDF-1.7 words", "<html></html>", "name,age\nA,3\n", "just words", "GIF89a\0\0")) {
            assertThatThrownBy(() -> run(other, "reef"))
                    .as(other)
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.status().value()).isEqualTo(415);
                        assertThat(failure.sentence()).contains("tweets.js", "CSV", "JSON");
                    });
        }
        assertThatThrownBy(() -> run("", "reef")).hasMessage("This file is empty.");
        assertThatThrownBy(() -> run(zip("photo.jpg", "x"), "reef")).hasMessageStartingWith("This ZIP has no data/tweets.js");
        assertThatThrownBy(() -> run("[{\"id\"", "reef")).hasMessageStartingWith("The file breaks off here (line 1)");
    }

    @Test
    void whatWaitsForItsAuthorHasNoNameOnTheDisk(@TempDir Path folder) throws IOException {
        try (ImportRun run = new ImportRun(new MemoryStore(), null, false, Turns.free(folder))) {
            run.read(stream(tweetsJs(tweet("1", "a secret draft"), tweet("2", "another"))), null);
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).isEmpty();
            }
            run.read(stream(Archives.ACCOUNT), null);
            assertThat(run.end().imported()).isEqualTo(2);
        }
    }

    private ImportResult run(String file, @Nullable String author) {
        return run(stream(file), author);
    }

    private ImportResult run(byte[] file, @Nullable String author) {
        return run(new ByteArrayInputStream(file), author);
    }

    private ImportResult run(InputStream file, @Nullable String author) {
        store = new MemoryStore();
        try (ImportRun run = new ImportRun(store, author, false, Turns.free())) {
            run.read(file, null);
            ImportResult result = run.end();
            stored = store.all();
            return result;
        }
    }

    private static Place breakOf(ImportResult result) {
        return Objects.requireNonNull(result.broken(), "the file was read to its end").place();
    }
}
