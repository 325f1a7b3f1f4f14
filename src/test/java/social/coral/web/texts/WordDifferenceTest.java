package social.coral.web.texts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.Whitespace;
import org.junit.jupiter.api.Test;
import social.coral.web.texts.WordDifference.Kind;
import social.coral.web.texts.WordDifference.Stretch;

class WordDifferenceTest {

    @Test
    void onlyTheWordsThatChangedAreMarked() {
        assertThat(WordDifference.between("The tide is low at noon.\nSame", "The tide is high at noon.\nSame")).containsExactly(
                new Stretch(Kind.SAME, "The tide is "), new Stretch(Kind.REMOVED, "low"), new Stretch(Kind.ADDED, "high"), new Stretch(Kind.SAME, " at noon.\nSame"));
    }

    @Test
    void aTextWithoutSpacesIsComparedByItsCharacters() {
        assertThat(WordDifference.between("サンゴは白くなる。", "サンゴは青くなる。")).containsExactly(new Stretch(Kind.SAME, "サンゴは"), new Stretch(Kind.REMOVED, "白"),
                new Stretch(Kind.ADDED, "青"), new Stretch(Kind.SAME, "くなる。"));
    }

    @Test
    void whatIsTooLongToCompareIsShownAsReplaced() {
        String older = "a ".repeat(20_000);
        String newer = "b ".repeat(20_000);
        assertThat(WordDifference.between(older, newer)).containsExactly(new Stretch(Kind.REMOVED, older), new Stretch(Kind.ADDED, newer));
    }

    @Property(tries = 200)
    void theStretchesMakeUpBothTexts(
            @ForAll @AlphaChars @Whitespace @StringLength(max = 80) String older, @ForAll @AlphaChars @Whitespace @StringLength(max = 80) String newer) {
        List<Stretch> stretches = WordDifference.between(older, newer);
        assertThat(joined(stretches, Kind.ADDED)).isEqualTo(older);
        assertThat(joined(stretches, Kind.REMOVED)).isEqualTo(newer);
    }

    private static String joined(List<Stretch> stretches, Kind without) {
        return stretches.stream().filter(stretch -> stretch.kind() != without).map(Stretch::text).collect(Collectors.joining());
    }
}
