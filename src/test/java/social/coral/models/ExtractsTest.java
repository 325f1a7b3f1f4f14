package social.coral.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.models.Extracts.Sentence;
import social.coral.models.Extracts.Text;

class ExtractsTest {

    private static final List<Text> REEF = List.of(
            new Text("Warm water bleaches the corals of the reef. I had soup for lunch and it was good.", "en"),
            new Text("Bleached corals recover when the water of the reef cools within weeks.", "en"),
            new Text("Divers counted bleached corals on every second reef this summer.", "en"),
            new Text("My new bicycle has eleven gears and a basket in front.", "en"));

    private static List<String> sentences(String language, String text) {
        return new Sentences(language).parts(text).stream().map(String::strip).toList();
    }

    private static List<String> quoted(String... texts) {
        return Extracts.of(Arrays.stream(texts).map(text -> new Text(text, "en")).toList(), "", 100).stream().map(Sentence::text).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "en | Dr. Reef measured 3.5 degrees. It was warm. | Dr. Reef measured 3.5 degrees. | It was warm.",
        "de | Am 3. Mai kam Dr. Riff, d. h. ein Arzt. Es war warm. | Am 3. Mai kam Dr. Riff, d. h. ein Arzt. | Es war warm.",
        "fr | M. Récif est là. « Quelle chaleur ! » dit-il. | M. Récif est là. | « Quelle chaleur ! » dit-il.",
        "es | ¿Hace calor? Sí, mucho. | ¿Hace calor? | Sí, mucho.",
        "ja | 海が暖かい。サンゴは白くなる。 | 海が暖かい。 | サンゴは白くなる。",
        "zh | 海水变暖了！珊瑚正在白化。 | 海水变暖了！ | 珊瑚正在白化。",
        "ar | المياه دافئة جدا. المرجان يبيض. | المياه دافئة جدا. | المرجان يبيض.",
        "hi | पानी गरम है। मूंगा सफेद हो रहा है। | पानी गरम है। | मूंगा सफेद हो रहा है।",
        "el | Η θάλασσα είναι ζεστή. Γιατί; | Η θάλασσα είναι ζεστή. | Γιατί;",
        "en | See https://a.example/b?C=d!E.F now. Then rest. | See https://a.example/b?C=d!E.F now. | Then rest.",
        "en | “It is hot! 🐠” [1]¶Then rest. | “It is hot! 🐠” [1] | Then rest.",
        "en | She said \"It is hot! 🐠\".¶Then rest. | She said \"It is hot! 🐠\". | Then rest.",
        "en | It is hot! 🐠 [1]¶Then rest. | It is hot! 🐠 [1] | Then rest.",
        "de | „Es ist warm! 🐠“ [2]¶Dann Ruhe. | „Es ist warm! 🐠“ [2] | Dann Ruhe.",
        "en | It is hot! “Then rest.” | It is hot! | “Then rest.”",
        "en | It is hot! 🐠 Then rest (a bit). | It is hot! | 🐠 Then rest (a bit)."
    })
    void sentencesEndWhereTheirLanguageEndsThem(String language, String text, String first, String second) {
        assertThat(sentences(language, text.replace('¶', '\n'))).containsExactly(first, second);
    }

    @Test
    void partsAreTheWholeTextAndEndBetweenGraphemesOutsideLinks() {
        Random random = new Random(7);
        List<String> bits = List.of("Reef. ", "Hot! ", "👩‍👩‍👧‍👦", "e\u0301", "🇫🇷", ".\u0308", "?\u200d", "海。", "https://a.example/?Q=1!R. ", "\r\n", " ", "कि", "1️⃣", "Ж? ");
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = random.nextInt(1, 15); bit > 0; bit--) {
                text.append(bits.get(random.nextInt(bits.size())));
            }
            List<String> parts = new Sentences(null).parts(text.toString());
            assertThat(String.join("", parts)).isEqualTo(text.toString());
            BreakIterator graphemes = BreakIterator.getCharacterInstance();
            graphemes.setText(text.toString());
            int end = 0;
            for (String part : parts) {
                end += part.length();
                assertThat(graphemes.isBoundary(end)).as(text.toString()).isTrue();
                assertThat(part).doesNotEndWith("?Q").doesNotEndWith("1!");
            }
        }
    }

    @Test
    void whatTextsHaveInCommonComesFirst() {
        assertThat(Extracts.of(REEF, "", 3)).extracting(Sentence::text).allMatch(sentence -> sentence.contains("coral"));
    }

    @Test
    void whatIsAskedAboutComesFirst() {
        assertThat(Extracts.of(REEF, "bicycle gears", 1)).containsExactly(new Sentence("My new bicycle has eleven gears and a basket in front.", 3));
    }

    @Test
    void eachSentenceIsThatOfItsSource() {
        assertThat(Extracts.of(REEF, "", 10)).hasSize(5).allSatisfy(sentence -> assertThat(REEF.get(sentence.source()).text()).contains(sentence.text()));
    }

    @Test
    void theSameTextsGiveTheSame() {
        assertThat(Extracts.of(REEF, "reef", 4)).isEqualTo(Extracts.of(REEF, "reef", 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "RT @diver: Warm water bleaches the corals of the reef!",
        "Warm water bleaches the corals of the reef https://t.example/1",
        "@a @b warm water bleaches the corals of the reef #reef #climate",
        "Warm water bleaches all the corals of the reef."
    })
    void whatSaysNearlyTheSameIsThereOnce(String again) {
        assertThat(quoted("Warm water bleaches the corals of the reef.", again, "A ship with a cargo of oranges reached the harbour.",
                "Parliament votes about the railway budget on Friday.")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Everybody should visit https://evil.example/now to win a prize today.",
        "Everybody should visit evil.example to win a prize today.",
        "Everybody should write to @evil_person about the prize today.",
        "Everybody should write to \uFF20evil_person about the prize today.",
        "Everybody should \u202Etsaf\u202C visit the beautiful reef today.",
        "Everybody should visit\u200B the beautiful coral reef today.",
        "Hi!",
        "😀😀😀😀😀😀"
    })
    void whatCannotBeQuotedIsLeftOut(String text) {
        assertThat(quoted(text)).isEmpty();
    }

    @Test
    void linksNamesAndTagsAroundASentenceAreNotPartOfIt() {
        assertThat(quoted("@a, @b Warm water bleaches the corals here. https://t.example/1 #reef")).containsExactly("Warm water bleaches the corals here.");
    }

    @Test
    void nothingComesOfNothing() {
        assertThat(Extracts.of(List.of(), "reef", 5)).isEmpty();
        assertThat(Extracts.of(List.of(new Text("", null), new Text("  \n ", null)), "", 5)).isEmpty();
    }

    @Test
    void manyTextsAreReadWithinBounds() {
        List<Text> many = new ArrayList<>(Collections.nCopies(300, new Text("Number one two three four five. ".repeat(2_000), "en")));
        many.addAll(REEF);
        assertThat(Extracts.of(many, "reef", 5)).hasSizeLessThanOrEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ja | 海水温の上昇でサンゴ礁の白化が進んでいる。 | 白化したサンゴ礁は海水温が下がると回復する。 | 昨日の昼食は温かいうどんでした。 | サンゴ礁の白化",
        "de | Das warme Wasser bleicht die Korallen am Riff aus. | Gebleichte Korallen erholen sich in kühlem Wasser am Riff. | Mein neues Fahrrad hat einen Korb und elf Gänge. | Korallen am Riff",
        "th | น้ำทะเลอุ่นทำให้ปะการังฟอกขาวทั่วแนวปะการัง | ปะการังฟอกขาวฟื้นตัวได้เมื่อน้ำทะเลเย็นลง | เมื่อวานฉันกินก๋วยเตี๋ยวที่ร้านอาหารใกล้บ้าน | ปะการังฟอกขาว"
    })
    void ranksInLanguagesWithAndWithoutSpaces(String language, String one, String other, String aside, String about) {
        List<Text> texts = List.of(new Text(aside, language), new Text(one, language), new Text(other, language));
        assertThat(Extracts.of(texts, about, 2)).extracting(Sentence::source).containsExactlyInAnyOrder(1, 2);
    }
}
