package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PiecesTest {

    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    @Property(tries = 300)
    void joinedThePiecesAreTheTextAndNoneIsCutInsideAGrapheme(@ForAll("texts") String text) {
        List<String> pieces = Pieces.of(text, null);
        assertThat(String.join("", pieces)).isEqualTo(text);
        List<String> graphemes = graphemes(text);
        assertThat(pieces.stream().flatMap(piece -> graphemes(piece).stream()).toList()).isEqualTo(graphemes);
    }

    @Property(tries = 300)
    void onlyAGraphemeThatIsTooLongAloneMakesAPieceTooLong(@ForAll("texts") String text) {
        assertThat(Pieces.of(text, null)).allSatisfy(piece -> assertThat(Pieces.weight(piece, 0, piece.length()) <= Pieces.MAX_WEIGHT || graphemes(piece).size() == 1).isTrue());
    }

    @Example
    void aShortTextIsOnePieceAndAnEmptyOneIsNone() {
        assertThat(Pieces.of("Corals build reefs. Reefs feed fish.", "en")).containsExactly("Corals build reefs. Reefs feed fish.");
        assertThat(Pieces.of("", null)).isEmpty();
    }

    @Example
    void aLongTextIsCutBetweenSentences() {
        String sentence = "Corals build reefs, and reefs feed fish, as Ada wrote in 2021. ";
        assertThat(Pieces.of(sentence.repeat(100), "en")).hasSizeBetween(6, 9).allSatisfy(piece -> assertThat(piece).startsWith("Corals").endsWith("2021. "));
        String ideographs = "珊瑚建造礁石，礁石养育鱼类。";
        assertThat(Pieces.of(ideographs.repeat(100), "zh")).hasSizeBetween(6, 9).allSatisfy(piece -> assertThat(piece).startsWith("珊瑚").endsWith("。"));
    }

    @Example
    void aSentenceThatIsTooLongIsCutBetweenWordsAndAWordBetweenGraphemes() {
        assertThat(Pieces.of("coral ".repeat(1_000), "en")).hasSizeGreaterThan(5).allSatisfy(piece -> assertThat(piece).startsWith("coral").endsWith("coral "));
        String family = "👩‍👩‍👧‍👦";
        assertThat(Pieces.of(family.repeat(500), null)).hasSizeGreaterThan(5).allSatisfy(piece -> assertThat(piece).startsWith(family).endsWith(family));
    }

    /** Both are measured in one run, in the thread's own time: eight times the text may take many times as long, but not its square. */
    @Example
    void theTimeGrowsWithTheLengthOfTheText() {
        for (String part : List.of(".👨", "..…", ".᠆", ".\u094d:👨", "a a ", "word, ", "🇩🇪", "e\u0301", "(a ", "नि.")) {
            Pieces.of(part.repeat(20_000 / part.length()), null);
            assertThat(nanos(part.repeat(80_000 / part.length()))).as(part).isLessThan(30 * Math.max(1_000_000, nanos(part.repeat(10_000 / part.length()))));
        }
    }

    private static long nanos(String text) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Pieces.of(text, null);
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> parts = Arbitraries.of("a", "coral", " ", ". ", "! ", "\n\n", "é", "e\u0301", "👩‍👩‍👧‍👦", "🇩🇪", "珊瑚", "。", "한국", "ก็", "#reef", "https://example.org/a?b=c",
                "\u0301", "\u200d", "🏽", "\r\n", "x".repeat(1_200), "\u0301".repeat(2_000));
        return parts.list().ofMaxSize(600).map(all -> String.join("", all));
    }

    private static List<String> graphemes(String text) {
        return GRAPHEME.matcher(text).results().map(MatchResult::group).toList();
    }
}
