package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnowledgeQuestionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Low tide at noon                   | Low tide at noon
            "Low tide" – he said -- at  noon   | Low tide – he said at noon
            -30 °C, “not” „so“ «cold» 「今」    | 30 °C, not so cold 今
            an ice-cold "-day"                 | an ice-cold day
            ` -"" “ `                          | ``
            Low https://t.co/a1B2 tide!        | Low tide!
            ` https://t.co/a1B2 👍 `           | ``
            """)
    void aQuestionLikeATextMeansEachOfItsWords(String text, String question) {
        assertThat(KnowledgeQuestion.like(text)).isEqualTo(question);
        assertThat(TypedQuery.parts(question)).noneMatch(part -> part.phrase() || part.excluded());
    }

    @Test
    void itIsNoLongerThanAQuestionCanBeAndEndsBetweenWordsOrAtLeastCharacters() {
        assertThat(KnowledgeQuestion.like("word ".repeat(700))).hasSize(499).endsWith("d word");
        assertThat(KnowledgeQuestion.like("a".repeat(499) + "\uD83C\uDF0A".repeat(9))).isEqualTo("a".repeat(499));
        assertThat(KnowledgeQuestion.like("海".repeat(700))).hasSize(KnowledgeQuestion.MAX_LENGTH);
        assertThat(KnowledgeQuestion.like("a".repeat(KnowledgeQuestion.MAX_LENGTH))).hasSize(KnowledgeQuestion.MAX_LENGTH);
    }
}
