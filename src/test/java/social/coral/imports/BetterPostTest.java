package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.imports.ImportStore.ReadPost;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;

class BetterPostTest {

    /** Of 1 October 2024. */
    private static final String ID = "1841088573646540801";
    private static final String BEGINNING = "The tide comes in where the water is clear, and the reef grows a little each month. ".repeat(3).strip();
    private static final String WHOLE = BEGINNING + " This is its end, see https://example.org/a & more.";

    private static final ReadPost CONTRADICTION = read("something else", "2024-10-01T11:59:00Z", false, "anna", null);

    /** What files and the API say of one post. */
    private static final List<ReadPost> SOURCES = List.of(
            read(WHOLE, "2024-10-01T12:00:00Z", true, "reef", "1841000000000000009"),
            read(WHOLE + " https://t.co/AbCdEfGhI1", "2024-10-01T12:00:00Z", true, "reef", "1841000000000000009"),
            read(BEGINNING + "… https://t.co/AbCdEfGhI1", "2024-10-01T12:00:00Z", true, "reef", "1841000000000000009"),
            read(WHOLE.replace("&", "&amp;"), "2024-10-01T14:00:00Z", false, "anna", null),
            read(WHOLE.replace("https://example.org/a", "https://t.co/AbCdEfGhI1") + " pic.twitter.com/AbCdEfGhI1", "2024-10-01T00:00:00Z", false, "anna", null),
            CONTRADICTION,
            read(BEGINNING + "...", "2024-10-01T12:00:00Z", false, "anna", null));

    @Property(tries = 3_000)
    void whatIsStoredIsTheSameInWhicheverOrderTheSourcesCome(@ForAll("someSources") List<ReadPost> some) {
        // Of two tables that contradict each other one is kept, whether or not it completes what X cuts off afterwards.
        Assume.that(!some.contains(CONTRADICTION) || some.stream().allMatch(read -> read.origin() != Origin.CUT) || some.stream().anyMatch(read -> read.origin() == Origin.X));
        Set<ReadPost> results = new HashSet<>();
        for (int shift = 0; shift < some.size(); shift++) {
            Collections.rotate(some, 1);
            results.add(all(some));
            results.add(all(some.reversed()));
        }
        assertThat(results).hasSize(1);
        assertThat(BetterPost.of(results.iterator().next(), some.getFirst())).as("once more").isEqualTo(results.iterator().next());
        if (some.stream().anyMatch(read -> read.origin().isOfX())) {
            Post post = results.iterator().next().post();
            assertThat(post.author()).isEqualTo("reef");
            assertThat(post.createdAt()).isEqualTo("2024-10-01T12:00:00Z");
            assertThat(post.inReplyToId()).isEqualTo("1841000000000000009");
        }
    }

    @Provide
    Arbitrary<List<ReadPost>> someSources() {
        return Arbitraries.of(SOURCES).list().ofMinSize(2).ofMaxSize(8).map(ArrayList::new);
    }

    private static ReadPost all(List<ReadPost> sources) {
        return sources.stream().reduce(BetterPost::of).orElseThrow();
    }

    /** Stored, whether by X, read, whether by X, and what stays. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "see https://example.org/a|false|see https://t.co/aaaaaaaaa1|false|see https://example.org/a",
        "see https://t.co/aaaaaaaaa1|false|see https://example.org/a|false|see https://example.org/a",
        "see https://t.co/aaaaaaaaa1|true|see https://evil.example/x and more|false|see https://t.co/aaaaaaaaa1",
        "R&D|false|R&amp;D|false|R&D",
        "write &lt; please|true|write < please|false|write &lt; please",
        "a whole text with an end|false|a whole text...|false|a whole text with an end",
        "a whole|false|a whole text with an end|false|a whole text with an end",
        "wait for it...|true|wait for it... now!|false|wait for it...",
        "Good|true|Good morning everyone|false|Good",
        "Good morning everyone|false|Good|true|Good",
        "morning|true|morning https://t.co/PicPicPic1|false|morning",
        "morning https://t.co/PicPicPic1|false|morning|true|morning",
        "morning|true|morning pic.twitter.com/PicPicPic1|false|morning",
        "what a sheet says|false|what X says|true|what X says",
        "what X says|true|what a sheet says|false|what X says"})
    void whatXTellsOrElseWhatTellsMoreStays(String stored, boolean byX, String read, boolean ofX, String right) {
        assertThat(BetterPost.of(read(stored, "2024-10-01T12:00:00Z", byX, "reef", null), read(read, "2024-10-01T12:00:00Z", ofX, "reef", null)).post().text())
                .isEqualTo(right);
    }

    /** Two texts, and whether they differ in more than their writing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "it’s “fine”|it's \"fine\"|false",
        "see example.org/abc… now|see https://example.org/abcdef now|false",
        "see example.org/abc…|see https://www.example.org/abcdef|false",
        "see example.org|see https://Example.org/|false",
        "see example.org/abc… now|see https://t.co/aaaaaaaaa1 now|false",
        "@blue @red thanks|thanks|false",
        "@blue thanks|@red @Blue thanks|false",
        "@blue thanks|@red thanks|true",
        "see example.org/abd… now|see https://example.org/abcdef now|true",
        "see example.org/abc now|see https://example.org/abcdef now|true",
        "costs 3.5 now|costs https://t.co/aaaaaaaaa1 now|true",
        "@blue|thanks|true",
        "it is fine|it was fine|true"})
    void quotesShownLinksAndNamesLeftOutAreOnlyWriting(String one, String other, boolean differ) {
        assertThat(BetterPost.differ(one, other)).isEqualTo(differ);
        assertThat(BetterPost.differ(other, one)).isEqualTo(differ);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.", "@a ", "…", "http://", "a.b/ ", "’"})
    void longTextsAreComparedAtOnce(String piece) {
        assertThat(BetterPost.differ(piece.repeat(100_000), piece.repeat(99_999) + "x")).isIn(true, false);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-10-01T12:00:00Z, true, 2024-10-01T14:00:00Z, false, 2024-10-01T12:00:00Z",
        "2024-10-01T10:00:00Z, false, 2024-10-01T12:00:00Z, true, 2024-10-01T12:00:00Z",
        "2024-10-01T00:00:00Z, true, 2024-10-01T02:00:00Z, false, 2024-10-01T00:00:00Z",
        "2024-10-01T00:00:00Z, false, 2024-10-01T10:00:00Z, false, 2024-10-01T10:00:00Z",
        "2024-10-01T14:00:00Z, false, 2024-10-01T12:00:00Z, false, 2024-10-01T12:00:00Z",
        "2024-10-01T12:20:00Z, true, 2024-10-01T12:00:00Z, true, 2024-10-01T12:00:00Z"})
    void xOrElseTheIdTellsTheTime(Instant stored, boolean byX, Instant read, boolean ofX, Instant right) {
        assertThat(BetterPost.of(read("a", stored.toString(), byX, "reef", null), read("a", read.toString(), ofX, "reef", null)).post().createdAt()).isEqualTo(right);
    }

    private static ReadPost read(String text, String time, boolean ofX, String author, @Nullable String parent) {
        Post post = new Post(ID, author, text, Instant.parse(time), null, null, parent, PostCounts.NONE);
        return ReadPost.of(post, ofX, !ofX, List.of(), Set.of());
    }
}
