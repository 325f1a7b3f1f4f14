package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordPiecesTest {

    private static WordPieces pieces;

    @BeforeAll
    static void read() throws IOException {
        pieces = new WordPieces(MiniLmModel.vocabulary());
    }

    /** What the tokenizer says that the model was trained with. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                      | 101 102
            Hello world!            | 101 7592 2088 999 102
            Die Häuser an der Straße | 101 3280 5292 20330 2019 4315 2358 27807 102
            海水升温导致珊瑚礁白化。 | 101 1902 1893 100 100 100 100 100 100 100 1915 100 1636 102
            サンゴを見ました        | 101 1705 30263 30230 30216 1948 1677 30183 30187 102
            바다에서 산호초를       | 101 1460 30006 29993 30006 29999 30009 29997 30008 1461 30006 30021 30005 30011 30001 30011 29994 30017 30022 102
            Ⅻ naïve Ｎｏｔｈｉｎｇ  | 101 100 15743 100 102
            don't @user #tag http://x.y/z?a=b | 101 2123 1005 1056 1030 5310 1001 6415 8299 1024 1013 1013 1060 1012 1061 1013 1062 1029 1037 1027 1038 102
            ΟΔΟΣ Σας                | 101 1169 29722 29730 29733 1173 14608 19579 102
            İstanbul ı              | 101 9960 1104 102
            الشعاب المرجانية        | 101 1270 23673 29825 29830 25573 29816 1270 23673 22192 17149 29819 18511 14498 19433 102
            """)
    void theyAreThoseOfTheModel(String text, String ids) {
        assertThat(pieces.ids(text, 512)).isEqualTo(Arrays.stream(ids.split(" ")).mapToLong(Long::parseLong).toArray());
    }

    @Test
    void whatCannotBeSeenIsLeftOut() {
        assertThat(pieces.ids("x\u0000y\ufffdz\u200bq\u00a0w\u0085v\u2028u", 512)).isEqualTo(new long[] {101, 1060, 2100, 2480, 4160, 1059, 2615, 1057, 102});
    }

    @Test
    void aLongTextIsCutAndALongWordIsUnknown() {
        assertThat(pieces.ids("word ".repeat(700), 512)).hasSize(512).startsWith(101, 2773, 2773).endsWith(2773, 102);
        assertThat(pieces.ids("a".repeat(101), 512)).isEqualTo(new long[] {101, 100, 102});
        assertThat(pieces.ids("word ".repeat(510), 512)).hasSize(512).endsWith(2773, 102);
        assertThat(pieces.ids("a".repeat(100), 3)).hasSize(3).endsWith(102);
    }

    @ParameterizedTest
    @CsvSource({"who repairs reefs?,1", "Reef #2050,0.5", "Zugverspätung,0", "地震,0", "'',1", "!,1"})
    void aTextIsKnownAsFarAsItsWordsAreWhole(String text, double known) {
        assertThat(pieces.known(text)).isEqualTo(known);
    }
}
