package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a voice makes of a text. */
class PersonaVoiceTest {

    private static PersonaVoice voice(int humour, int enthusiasm, int assertiveness, List<String> use, List<String> avoid, @Nullable String language) {
        return new PersonaVoice("", "professional", humour, enthusiasm, assertiveness, "", "", use, avoid, List.of(), "", List.of(), language);
    }

    private static String sample(int humour, int enthusiasm, int assertiveness) {
        return PersonaSample.of(voice(humour, enthusiasm, assertiveness, List.of(), List.of(), null)).text();
    }

    @ParameterizedTest
    @CsvSource({
        "en, hype, The HYPE is over, hype", "en, tide, Two tides a day, tide", "en, game changer, A game-changer!, game changer", "de, Haus, Viele Häuser am Meer, Haus",
        "fr, cheval, Des chevaux, cheval", "en, café, At the CAFE, café", "en, !!!, Yes!!! No, !!!", "en, 🚀, To the moon 🚀 now, 🚀", "ja, 気候, 今日は気候変動の話, 気候",
        "en, hype, end.Hype begins, hype"})
    void aWordToAvoidIsFoundInAnyForm(String language, String avoided, String text, String found) {
        assertThat(voice(0, 0, 0, List.of(), List.of(avoided), language).breachesIn(text)).singleElement()
                .satisfies(breach -> assertThat(breach.term()).isEqualTo(found)).satisfies(breach -> assertThat(breach.end()).isLessThanOrEqualTo(text.length()));
    }

    @ParameterizedTest
    @CsvSource({"cat, A category of its own", "hype, hyper active", "game changer, The game of a changer"})
    void aPartOfAnotherWordIsNone(String avoided, String text) {
        assertThat(voice(0, 0, 0, List.of(), List.of(avoided), "en").breachesIn(text)).isEmpty();
    }

    @Test
    void aPlaceIsThatOfTheWordsInTheText() {
        assertThat(voice(0, 0, 0, List.of(), List.of("tide pool"), "en").breachesIn("🌊 In tide pools.")).singleElement()
                .isEqualTo(new VoiceBreach(VoiceBreach.Kind.WORD_TO_AVOID, "tide pool", 6, 16));
    }

    @Test
    void theSampleFollowsEachLevel() {
        assertThat(sample(0, 50, 50)).isNotEqualTo(sample(50, 50, 50)).isNotEqualTo(sample(0, 100, 50)).isNotEqualTo(sample(0, 50, 100)).isEqualTo(sample(0, 50, 50));
        assertThat(sample(100, 0, 0)).contains("I may be wrong", "(My coffee").doesNotContain("!");
        assertThat(sample(0, 100, 100)).contains("No doubt about it!").doesNotContain("(");
        assertThat(sample(0, 0, 0).split("[.!]")[0].length()).isGreaterThan(sample(0, 100, 0).split("[.!]")[1].length());
    }

    @Test
    void theSampleUsesWordsMarksWhatToAvoidAndSaysWhatItCannotShow() {
        PersonaSample sample = PersonaSample.of(voice(0, 50, 50, List.of("tide"), List.of("note"), "de"));
        assertThat(sample.text()).contains("Meine Notizen", "tide");
        PersonaSample flagged = PersonaSample.of(voice(0, 50, 50, List.of(), List.of("note"), "ar"));
        assertThat(flagged.breaches()).extracting(VoiceBreach::term).containsOnly("note");
        assertThat(flagged.notes()).singleElement().asString().contains("Arabic");
        assertThat(PersonaSample.of(new PersonaVoice("D", "dry", 0, 0, 0, "E", "", List.of(), List.of(), List.of(), "", List.of("S"), null)).notes()).singleElement().asString()
                .contains("this tone, the description, the expertise, your own texts");
    }

    @Test
    void aVoiceIsDescribedWithoutWhatIsEmpty() {
        assertThat(voice(0, 0, 0, List.of("tide"), List.of(), "de").described()).isEqualTo("Tone: professional\nWords to use: tide\nLanguage: German (de)");
    }
}
