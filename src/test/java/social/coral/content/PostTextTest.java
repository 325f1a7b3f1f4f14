package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.api.Failure;

class PostTextTest {

    @ParameterizedTest
    @CsvSource({
        "tide, 4", "…, 2", "—, 1", "’, 1", "€, 2", "•, 2", "\u10d0, 1", "\u1100, 2", "1️⃣, 2", "é, 1", "e\u0301, 1", "ሀ, 2", "海, 2", "'“a”', 3", "🌊, 2", "👨‍👩‍👧‍👦, 2", "🇩🇪, 2", "👍🏽, 2",
        "https://example.org/a/very/long/path?with=parameters&and=more, 23", "example.org, 23", "'see https://x.com now', 31"})
    void aTextIsAsLongAsXSays(String text, int length) {
        assertThat(PostText.weightedLength(text)).isEqualTo(length);
    }

    @Test
    void aHostOfManyLabelsIsALinkAndAnEndlessOneIsNone() {
        assertThat(PostText.weightedLength("a.".repeat(40))).isEqualTo(80);
        assertThat(PostText.weightedLength("a.".repeat(40) + "com")).isEqualTo(23);
        assertThat(PostText.weightedLength("http://" + "海".repeat(4_000) + ".com")).isEqualTo(8_011);
        assertThat(PostText.weightedLength("see https://example.org/" + "1.".repeat(40) + "html")).isEqualTo(27);
        assertThat(PostText.weightedLength("https://example.org/" + "a".repeat(280))).isEqualTo(23);
        assertThat(PostText.weightedLength("l".repeat(257) + " https://example.org")).isEqualTo(281);
    }

    @Test
    void anyLengthIsCountedAndMoreMarksThanALetterCanHoldAreKept() {
        assertThat(PostText.weightedLength("海".repeat(25_000))).isEqualTo(50_000);
        String crowded = "e" + "\u0301\u0323".repeat(2_000);
        assertThat(PostText.kept("content", crowded).codePoints().filter(c -> Character.getType(c) == Character.NON_SPACING_MARK).count()).isGreaterThan(3_990);
    }

    @ParameterizedTest
    @CsvSource({"x, 1", "海, 2", "🌊, 2", "https://example.org/, 23"})
    void aTextFitsUpToTheLastCharacterOfItsLimitAndNotBeyond(String piece, int weight) {
        for (PostLimit limit : PostLimit.values()) {
            int pieces = piece.startsWith("https") ? 5 : limit.weighted() / weight;
            String most = (piece.startsWith("https") ? (piece + " ").repeat(pieces) : piece.repeat(pieces));
            most += "y".repeat(limit.weighted() - PostText.weightedLength(most));
            limit.mustFit("content", most);
            String more = most + "y";
            assertThat(limit.tooMany(more)).isEqualTo(1);
            assertThatThrownBy(() -> limit.mustFit("content", more)).isInstanceOf(Failure.class)
                    .hasMessageStartingWith("1 character too long to publish: it has %,d as X counts, and %,d are allowed.".formatted(limit.weighted() + 1, limit.weighted()));
        }
    }

    @Test
    void aTextIsKeptInOneForm() {
        assertThat(PostText.kept("content", "Cafe\u0301\r\nopen")).isEqualTo("Café\nopen");
    }

    @Test
    void whatIsKeptIsNoLongerThanWhatADraftCanHold() {
        assertThatThrownBy(() -> PostText.kept("content", "\uFB2C".repeat(PostText.MAX_CHARACTERS))).isInstanceOf(Failure.class).hasMessageContaining("90,000 characters");
        String most = PostText.kept("content", "\uFB2C".repeat(PostText.MAX_CHARACTERS / 3));
        assertThat(PostText.kept("content", most)).isEqualTo(most);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "a\uFFFEb", "a\uFFFFb", "\uFEFFa", "a\u0000", "a\u0007", "\uD83C", "\uDF0A\uD83C", "a\uDBFF\uDFFF"})
    void whatXDoesNotTakeIsRefused(String text) {
        assertThatThrownBy(() -> PostText.kept("content", text))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.errors()).extracting(Failure.FieldError::field).containsExactly("content"));
    }
}
