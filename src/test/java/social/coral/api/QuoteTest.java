package social.coral.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteTest {

    @ParameterizedTest
    @ValueSource(strings = {"Gone", "He said “no”. Twice.", "<b>Gone</b>", "one. two. three", "a\nb", "Gone...", "5” of rain", "X says: “no”."})
    void whatAServiceSaysCanBeTakenOutAgainWhateverItIs(String words) {
        String told = "X rejected the request (status 400)." + Quote.of("X", words) + " Check the key.";
        assertThat(told).contains(" X says: “");
        assertThat(Quote.removed(told)).isEqualTo("X rejected the request (status 400). Check the key.");
    }

    @Test
    void aServiceThatSaysNothingIsNotQuoted() {
        assertThat(Quote.of("X", " \n.")).isEmpty();
        assertThat(Quote.removed("No account has this name.")).isEqualTo("No account has this name.");
    }

    @Test
    void isShortened() {
        assertThat(Quote.of("The sandbox", "🐟".repeat(300))).isEqualTo(" The sandbox says: “" + "🐟".repeat(200) + "”.");
    }
}
