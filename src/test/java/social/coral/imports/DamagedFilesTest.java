package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static social.coral.imports.Archives.tweet;
import static social.coral.imports.Archives.tweetsJs;
import static social.coral.imports.Archives.zip;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.api.Failure;
import social.coral.imports.ImportResult.Remark;
import social.coral.imports.archive.Place;
import social.coral.networks.Post;
import social.coral.portability.Turns;

/** Files that are cut off, damaged or of another kind: what can be read is read, and the rest is told with its place. */
class DamagedFilesTest {

    private static final String ONE = "{\"id\":\"1588987262754234369\",\"text\":\"one\",\"created_at\":\"2022-11-05T20:00:00.000Z\"}";
    private static final String TWO = ONE.replace("4369", "4370").replace("one", "two");

    private final MemoryStore store = new MemoryStore();

    @Test
    void aListAfterAListIsReadAndAnythingElseIsNoted() {
        assertThat(run("[" + ONE + "]\n[" + TWO + "];\n").notes()).isEmpty();
        assertThat(texts()).containsExactly("one", "two");

        String parts = tweetsJs(tweet("1", "one")) + ";\n" + tweetsJs(tweet("2", "two"));
        assertThat(run(parts).notes()).isEmpty();
        assertThat(texts()).containsExactly("one", "two");
        assertThat(run(parts + "\nwindow.YTD.deleted_tweets.part0 = [" + tweet("2", "two") + "]").leftOut().deleted()).isEqualTo(1);
        assertThat(texts()).containsExactly("one");

        ImportResult junk = run("[" + ONE + "] and then <html>502 Bad Gateway");
        assertThat(junk.notes()).extracting(Remark::reason).singleElement().asString().contains("follows the end of the list");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"data\": [%s, %s], \"meta\": {\"result_count\": 2}}",
        "{\n  \"data\": [\n%s,\n%s\n  ],\n  \"includes\": {}\n}\n",
        "{\"tweets\": [%s, %s]}",
        "%s\n%s\n"})
    void theAnswerOfAnApiIsReadLikeAFile(String answer) {
        run(answer.formatted(ONE, TWO));
        assertThat(texts()).containsExactly("one", "two");
    }

    @Test
    void theAuthorsOfAnAnswerAreThoseItIncludes() {
        run("{\"data\":[{\"id\":\"1588987262754234369\",\"text\":\"a\",\"created_at\":\"2022-11-05T20:00:00Z\",\"author_id\":\"42\"}],"
                + "\"includes\":{\"users\":[{\"id\":\"42\",\"username\":\"ReefKeeper\"}]}}");
        assertThat(store.all()).extracting(Post::author).as("what a row says stands above what was typed").containsExactly("reefkeeper");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"@context\": \"https://www.w3.org/ns/activitystreams\", \"id\": \"outbox.json\", \"orderedItems\": [{\"id\": \"https://m.example/1\"}]}",
        "[{\"like\": {\"tweetId\": \"1\"}}, {\"like\": {\"tweetId\": \"2\"}}]",
        "[1, 2, 3]"})
    void anotherNetworksExportIsRefusedAsAWhole(String file) {
        assertThatThrownBy(() -> run(file)).isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.status().value()).isEqualTo(415));
        assertThat(texts()).isEmpty();
    }

    /** What is read ahead, to tell the kind of a file and its characters, is not lost when the file breaks off in it. */
    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 95})
    void aSmallFileThatBreaksOffIsReadUpToThere(int percent) {
        Random random = new Random(7);
        List<String> words = IntStream.range(0, 200).mapToObj(number -> "post " + number + " caf\u00e9 " + Long.toHexString(random.nextLong())).toList();
        String list = tweetsJs(IntStream.range(0, 200).mapToObj(number -> tweet(Integer.toString(number + 1), words.get(number))).toArray(String[]::new));
        String table = "author,created_at,text\n" + words.stream().map(text -> "reef,2022-11-05 20:00," + text + "\n").collect(Collectors.joining());
        for (byte[] whole : List.of(zip("data/tweets.js", list), zip("data/tweets.csv", table))) {
            ImportResult result = run(Arrays.copyOf(whole, whole.length * percent / 100));
            assertThat(result.imported()).isBetween(200L * (percent - 25) / 100, 199L);
            assertThat(result.broken()).isNotNull();
            assertThat(words).containsAll(texts());
        }
    }

    @Test
    void aSpreadsheetIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> run(zip("[Content_Types].xml", "<x/>", "xl/workbook.xml", "<x/>"))).hasMessageContaining("Save it as CSV (UTF-8)");
        assertThatThrownBy(() -> run(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0, 0, 0})).hasMessageContaining("Save it as CSV (UTF-8)");
    }

    /** The first bytes of a file, and what is said of it. */
    @ParameterizedTest
    @CsvSource({"1f8b0800, packed with gzip", "377abcaf271c0004, packed with 7-Zip", "526172211a070100, packed with RAR", "50415231, Parquet", "fd377a585a0000, packed with xz",
        "53514c69746520666f726d6174203300, SQLite", "504b0708504b0304, Join its parts first", "0102030405060700, join all parts first", "89504e470d0a1a0a, a picture"})
    void anotherFormatIsNamedByItsFirstBytes(String bytes, String words) {
        assertThatThrownBy(() -> run(HexFormat.of().parseHex(bytes + "c3a400ff"))).hasMessageContaining(words);
    }

    @Test
    void aTarIsNamed() {
        assertThatThrownBy(() -> run("data/tweets.js" + "\0".repeat(243) + "ustar\00000")).hasMessageContaining("packed with tar");
    }

    /** A file in a ZIP, and what is said of the ZIP. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "tables/tweets.ndjson|This is a Coral Social export. Import it under Settings, Data.",
        "word/document.xml|office document",
        "Basic_Export/Shares.csv|LinkedIn",
        "your_instagram_activity/content/posts_1.json|Instagram",
        "your_facebook_activity/posts/posts_1.json|Facebook",
        "outbox.json|Mastodon",
        "twitter-2024.zip|Unpack it and send “twitter-2024.zip” from it.",
        "my posts.csv|Unpack it and send “my posts.csv” from it.",
        "photo.jpg|Upload the archive as X gives it"})
    void aZipThatIsNoArchiveOfXIsNamed(String entry, String words) {
        assertThatThrownBy(() -> run(zip("README.txt", "hello", entry, "x"))).hasMessageContaining(words);
        assertThat(run(zip("data/tweets.js", tweetsJs(tweet("1", "one")), entry, "x")).imported()).isEqualTo(1);
    }

    @Test
    void aZipThatWasToBeSplitAndFittedIntoOnePartIsRead() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write("PK00".getBytes(StandardCharsets.US_ASCII));
        file.write(zip("data/tweets.js", tweetsJs(tweet("1", "one"))));
        assertThat(run(file.toByteArray()).imported()).isEqualTo(1);
    }

    @Test
    void aTableBesideTheArchiveIsToldAndNotRead() {
        ImportResult result = run(zip("data/tweets.js", tweetsJs(tweet("1", "one")), "my posts.csv", "id,text,created_at\n", "assets/fonts.json", "{}", "b.json", "{}", "c.json", "{}", "d.json", "{}"));
        assertThat(result.notes()).extracting(Remark::sentence)
                .containsExactly("These files are not part of an X archive and were not read: “my posts.csv”, “b.json”, “c.json” and 1 more. If they hold posts, upload them by themselves.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not found", "window.YTD.account.part0 = [ { \"account\" : { \"username\" : "})
    void anAccountThatCannotBeReadIsToldAndTheAuthorIsAsked(String account) {
        byte[] file = zip("data/account.js", account, "data/tweets.js", tweetsJs(tweet("1", "one")));
        ImportResult result = run(file);
        assertThat(result.imported()).isEqualTo(1);
        assertThat(Stream.concat(result.notes().stream(), Stream.ofNullable(result.broken()))).extracting(Remark::place).extracting(Place::file).containsExactly("data/account.js");
        assertThatThrownBy(() -> Archives.read(new MemoryStore(), file, null)).hasMessageContaining("Enter the author");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data\\tweets.js", "data/Tweets.js", "DATA/TWEETS.JS", "twitter\\data\\tweet.js", "Tilly Ü/data/tweets-part1.js"})
    void theNamesInAZipAreThoseThatProgramsWrite(String name) {
        assertThat(run(zip(name, tweetsJs(tweet("1", "one")))).imported()).isEqualTo(1);
    }

    @Test
    void aZipInsideAnArchiveIsToldAndNotRead() {
        assertThat(run(zip("data/tweets.js", tweetsJs(tweet("1", "one")), "more/twitter.zip", "x")).notes()).extracting(Remark::where).containsExactly("more/twitter.zip");
    }

    @Test
    void anEmptyOrBrokenPartOfAnArchiveCostsNoOtherPart() {
        String cut = tweetsJs(tweet("1", "one"), tweet("2", "two"));
        ImportResult result = run(zip("data/account.js", "", "data/tweets.js", cut.substring(0, cut.length() - 30), "data/tweets-part1.js", "",
                "data/tweets-part2.js", tweetsJs(tweet("3", "three"))));

        assertThat(texts()).containsExactly("one", "three");
        assertThat(Objects.requireNonNull(result.broken()).where()).isEqualTo("data/tweets.js, entry 2");
        assertThat(result.notes()).extracting(Remark::where).containsExactly("data/account.js", "data/tweets-part1.js");
    }

    @Test
    void anArchiveThatEndsBeforeItsDirectoryIsNotTakenForAWholeOne() {
        byte[] archive = zip("data/tweets.js", tweetsJs(tweet("1", "one")), "data/tweets-part1.js", tweetsJs(tweet("2", "two")));
        int second = indexOf(archive, "data/tweets-part1.js") - 30;
        int directory = indexOf(archive, "PK\1\2");

        assertThat(Objects.requireNonNull(run(Arrays.copyOf(archive, second)).broken()).reason()).contains("ends before its directory");
        assertThat(texts()).containsExactly("one");
        assertThat(Objects.requireNonNull(run(Arrays.copyOf(archive, directory)).broken()).reason()).contains("ends before its directory");
        assertThat(Objects.requireNonNull(run(Arrays.copyOf(archive, directory + 60)).broken()).reason()).contains("directory");
        assertThat(run(archive).broken()).isNull();
    }

    @Test
    void anEntryThatTheDirectoryNamesAndNobodyFindsIsTold() {
        byte[] archive = zip("data/tweets.js", tweetsJs(tweet("1", "one")), "data/tweets-part1.js", tweetsJs(tweet("2", "two")));
        archive[indexOf(archive, "data/tweets-part1.js") - 30] = 'X';

        assertThat(Objects.requireNonNull(run(archive).broken()).reason())
                .contains("its directory names data/tweets-part1.js, which could not be found", "lists 2 files, and 1 could be read");
    }

    @Test
    void aZipInsideAZipIsNotTakenForItsDirectory() {
        String inner = new String(zip("x.txt", "y"), StandardCharsets.ISO_8859_1);
        assertThat(run(zip("data/tweets.js", tweetsJs(tweet("1", "one")), "data/inner.zip", inner)).broken()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"12, bzip2", "9, Deflate64", "14, LZMA", "93, Zstandard"})
    void anotherPackingIsNamed(int method, String name) {
        byte[] archive = zip("data/tweets.js", tweetsJs(tweet("1", "one")));
        archive[8] = (byte) method;
        assertThatThrownBy(() -> run(archive)).hasMessageContaining("packed with " + name);
    }

    @Test
    void aPasswordIsNamed() {
        byte[] archive = zip("data/tweets.js", tweetsJs(tweet("1", "one")));
        archive[6] |= 1;
        assertThatThrownBy(() -> run(archive)).hasMessageContaining("protected with a password");
    }

    @Test
    void ofSeveralFilesEachFaultNamesItsOwnAndOneThatCannotBeReadCostsNoOther() {
        try (ImportRun run = new ImportRun(store, "reef", false, Turns.free())) {
            run.read(stream("id,text,created_at\n1588987262754234369,,2022-11-05\n"), "a.csv");
            run.read(stream("Just words."), "notes.txt");
            run.read(stream("[" + ONE + "]"), "c.json");
            ImportResult result = run.end();
            assertThat(result.imported()).isEqualTo(1);
            assertThat(result.rejected()).extracting(Remark::where).containsExactly("a.csv, line 2");
            assertThat(result.notes()).isEmpty();
            assertThat(result.broken()).isNotNull().extracting(Remark::where).isEqualTo("notes.txt");
        }
    }

    @Test
    void theSameIdWithTwoTextsIsTold() {
        ImportResult result = run("[" + ONE + "," + ONE.replace("one", "another") + "," + ONE.replace("one", "one more") + "," + ONE + "]");
        assertThat(texts()).containsExactly("one");
        assertThat(result.skipped()).isEqualTo(3);
        assertThat(result.notes()).extracting(Remark::reason).singleElement().asString().startsWith("Two rows have the same id");
    }

    private List<String> texts() {
        return store.all().stream().map(Post::text).toList();
    }

    private ImportResult run(String file) {
        return run(file.getBytes(StandardCharsets.UTF_8));
    }

    private ImportResult run(byte[] file) {
        store.posts.clear();
        try (ImportRun run = new ImportRun(store.again(), "reef", false, Turns.free())) {
            run.read(new ByteArrayInputStream(file), null);
            return run.end();
        }
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static int indexOf(byte[] bytes, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        return IntStream.range(0, bytes.length - wanted.length)
                .filter(at -> Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length))
                .findFirst().orElseThrow();
    }
}
