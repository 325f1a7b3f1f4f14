package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a draft is in no source is marked, however it is written, and nothing else is. */
class DraftMarksTest {

    private static final List<TextSource> SOURCES = List.of(new TextSource(1, "https://www.nasa.gov/Reefs?id=7", "A report by @Reef_Notes", null),
            new TextSource(2, "https://de.wikipedia.org/wiki/K%C3%B6ln", "Köln", null));
    private static final TextBasis BASIS = new TextBasis(
            List.of("On March 5, 2026 the team counted 1,250 corals on 12 reefs; 40 % had bleached. It cost $3.5 million, says “the Blue Institute”. It was 27.5 degrees, "
                    + "30 thousand people came, and GPT-4 helped. See https://stranger.example/x and ask @stranger.", "Sie zählten 30.000 Fische."),
            List.of("https://www.nasa.gov/Reefs?id=7", "https://de.wikipedia.org/wiki/K%C3%B6ln", "Mine is at https://my.site/about"),
                    List.of("A report by @Reef_Notes", "I am @reef_fan"),
            List.of(LocalDate.of(2026, 4, 9)));

    private static List<String> marks(String text) {
        return DraftMarks.of(TextKind.BLOG, null, List.of(text), SOURCES, BASIS).stream().map(mark -> {
            assertThat(text.substring(mark.start(), mark.end())).startsWith(mark.words());
            return mark.kind() + " " + mark.words();
        }).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "They counted 1,250 corals on twelve reefs [1].", "Es waren 1.250 Korallen", "1 250 coraux", "1 250 coraux", "1'250 Korallen", "1250 corals",
                "zwölf Riffe", "douze récifs",
        "40% bleached", "40 percent bleached", "40 Prozent", "40 pour cent", "forty percent", "vierzig Prozent", "٤٠٪ bleached", "４０％",
                "$3.5 million", "3,5 Mio. $", "3.5M dollars", "3,500,000 dollars",
        "USD 3.5 million", "30,000 Fische", "30k people", "thirty thousand people", "dreißigtausend Menschen", "trente mille personnes",
                "treinta mil personas", "3万", "27,5 Grad",
        "on 5 March 2026", "am 5. März 2026", "le 5 mars 2026", "el 5 de marzo de 2026", "2026-03-05", "05.03.2026", "3/5/2026", "5/3/2026",
                "Mar 5, 2026", "in March 2026", "in 2026",
        "5 марта 2026", "2026年3月5日", "on April 9", "“the blue institute” says", "„The Blue Institute“", "«the Blue  Institute»",
                "\"Blue Institute\"", "GPT-4 helped", "gpt-4",
        "https://nasa.gov/Reefs?id=7", "HTTPS://WWW.NASA.GOV/Reefs?id=7.", "(https://www.nasa.gov/Reefs?id=7)",
                "[a report](http://nasa.gov/Reefs?id=7)", "https://de.wikipedia.org/wiki/Köln",
        "https://my.site/about/", "@reef_notes", "by @REEF_NOTES and @Reef_Fan", "One of 2 sources [1, 2]", "1. First\n2. Second\n3. Third",
                "Nothing is claimed here, at once.", "‘The Blue Institute’", "‚the blue institute‘", "the reefs’ corals and the team’s work", "rock 'n' roll"})
    void whatASourceHasIsNotMarkedInAnyForm(String text) {
        assertThat(marks(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "They counted 1,251 corals | number 1,251", "12,50 corals | number 12,50", "1.250.000 corals | number 1.250.000", "13 reefs | number 13",
                "thirteen reefs | number thirteen",
        "dreizehn Riffe | number dreizehn", "vierundzwanzig Riffe | number vierundzwanzig", "two hundred and six reefs | number two hundred and six",
                "quatre-vingt-trois | number quatre-vingt-trois",
        "40 reefs | number 40", "41% of them | number 41%", "٤١٪ | number ٤١٪", "３５ reefs | number ３５", "€3.5 million | number €3.5 million",
                "3.5 billion dollars | number 3.5 billion dollars",
        "4 March 2026 | date 4 March 2026", "5 March 2025 | date 5 March 2025", "2025 | number 2025", "06.03.2026 | date 06.03.2026",
                "2026年3月6日 | date 2026年3月6日", "in April 2025 | date April 2025",
        "“the Red Institute” says | quote “the Red Institute”", "„das Blaue Institut“ | quote „das Blaue Institut“", "「青い研究所」 | quote 「青い研究所」",
                "GPT-5 helped | number GPT-5",
        "the A320 | number A320", "-12 reefs | number -12", "forty-one percent | number forty-one percent", "at 12h31 | number 31", "12FZbgi29xQpWmT | number 12FZbgi29xQpWmT",
                "‘the Red Institute’ | quote ‘the Red Institute’", "›das Rote Institut‹ | quote ›das Rote Institut‹", "”röda institutet” | quote ”röda institutet”", "《青い研究所》 | quote 《青い研究所》",
                "12 out of 13 | number 13", "3. März 2025 war es | date 3. März 2025", "> The red institute says | quote The red institute says",
                "“The red institute says | quote “The red institute says", "treinta y un grados | number treinta y un", "ventidue | number ventidue", "[7] | number 7", "@stranger | handle @stranger", "@STRANGER | handle @STRANGER", "＠evil | handle ＠evil",
                "@еvil | handle @еvil"})
    void whatNoSourceHasIsMarkedWhereItStands(String text, String mark) {
        assertThat(marks(text)).containsExactly(mark);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "https://stranger.example/x", "stranger.com/x", "ask Stranger.com", "www.stranger.com", "https://nasa.gov/other", "https://nasa.gov.stranger.com/Reefs?id=7",
                "https://nasa.gov@stranger.com/", "https://nasa.gov%40x.stranger.com",
        "https://nаsa.gov/Reefs?id=7", "https://bit.ly/3abc", "https://t.co/abcdef1234", "[here](https://stranger.com)",
                "[here](https\\://stranger.com)", "[here](https&#58;//stranger.com)", "<https://stranger.com>",
        "[x]: https://stranger.com", "ftp://stranger.com/x", "http://192.168.0.1/x", "https://stra\u200bnger.com/x", "ｓｔｒａｎｇｅｒ．ｃｏｍ",
                "write to me@stranger.com", "https://xn--nsa-6ed.gov/Reefs?id=7",
        "![](https://stranger.com/p.png)", "https://nasa.gov\\@stranger.com", "HTTPS://STRANGER.COM",
                "https://nasa.gov/Reefs?id=7!@@stranger.com/", "https://de.wikipedia.org_.stranger.com", "https://de.wikipedia.org!.stranger.com", "https://de.wikipedia.org*.stranger.com", "https://de.wikipedia.org、.stranger.com"})
    void aLinkThatIsNoSourcesOwnIsMarkedHoweverItIsHidden(String text) {
        assertThat(marks(text)).isNotEmpty().anyMatch(mark -> mark.startsWith("link "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"re\u200befs", "\u202Esfeer", "re\u2066efs\u2069", "r\uDB40\uDC65eefs", "a\u200Db.com"})
    void whatNobodySeesIsMarked(String text) {
        assertThat(marks(text)).anyMatch(mark -> mark.startsWith("hidden "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"👩‍🔬 and 👍🏽 and 🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F", "می‌خواهم", "❤️"})
    void joinersOfScriptsAndEmojiAreNot(String text) {
        assertThat(marks(text)).isEmpty();
    }

    @Test
    void aHandleWithAHiddenCharacterIsReadAsXReadsItAndAsAPersonDoes() {
        assertThat(marks("Ask @reef\u200b_notes")).contains("handle @reef");
        assertThat(marks("Ask @str\u200banger")).anyMatch(mark -> mark.startsWith("handle @str"));
    }

    @Test
    void eachPartIsLookedAtAndItsOwnNumberIsNot() {
        List<TextMark> marks = DraftMarks.of(TextKind.THREAD, "77", List.of("On 12 reefs 1/2", "and 99 others 2/2"), SOURCES, BASIS);
        assertThat(marks).singleElement().satisfies(mark -> {
            assertThat(mark.part()).isEqualTo(1);
            assertThat(mark.words()).isEqualTo("99");
        });
        assertThat(DraftMarks.of(TextKind.BLOG, "77 reefs", List.of("Text"), SOURCES, BASIS)).singleElement().extracting(TextMark::part).isNull();
    }

    @Test
    void noPlaceIsLeftOutOfATextThatHasVeryMany() {
        List<String> parts = List.of("77 ".repeat(300) + "https://stranger.com end", "88 and https://stranger.com");
        List<TextMark> marks = DraftMarks.of(TextKind.THREAD, null, parts, SOURCES, BASIS);
        assertThat(marks).hasSize(DraftMarks.MOST + 2);
        assertThat(marks.get(DraftMarks.MOST)).satisfies(rest -> {
            assertThat(rest.kind()).isEqualTo(TextMark.Kind.LINK);
            assertThat(parts.getFirst().substring(rest.end())).isEqualTo(" end");
        });
        assertThat(marks.getLast().part()).isEqualTo(1);
    }

    @Test
    void whatIsStoredIsReadAgain() {
        List<TextMark> marks = DraftMarks.of(TextKind.BLOG, "77 reefs", List.of("“a \\ \u0001 quote” at https://stranger.com"), SOURCES, BASIS);
        assertThat(TextMarks.read(TextMarks.write(marks))).isEqualTo(marks);
        assertThat(TextMarks.read(null)).isNull();
        assertThat(TextMarks.read("[{\"kind\": \"unknown\"}]")).isNull();
    }

    private static long nanos(String piece, int length) {
        String text = piece.repeat(length / piece.length()) + "1113";
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            assertThat(DraftMarks.of(TextKind.BLOG, null, List.of(text), SOURCES, new TextBasis(List.of(text), List.of(text), List.of(text),
                    List.of())))
                    .hasSizeLessThanOrEqualTo(DraftMarks.MOST + 1);
            best = Math.min(best, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        return best;
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "a", "“", "@a", "1.", "a.", "&#", "https://", "7 ", "two ", "@", "a1-", "[1,", "%", "\u200b", "mar 1 ", "x@y.",
            "1/", "\uD83D\uDE00", "zwei", "111 ", "@a ", "a\u200b", "'a ", "a.co、"})
    void timeGrowsWithTheTextAndNoFaster(String piece) {
        nanos(piece, 2_000);
        assertThat((double) nanos(piece, 16_000) / nanos(piece, 2_000)).isLessThan(2.5 * 8);
    }
}
