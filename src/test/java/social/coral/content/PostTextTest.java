package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.api.Failure;

class PostTextTest {

    @ParameterizedTest
    @CsvSource({
        "tide, 4", "é, 1", "e\u0301, 1", "ሀ, 2", "海, 2", "'“a”', 3", "🌊, 2", "👨‍👩‍👧‍👦, 2", "🇩🇪, 2", "👍🏽, 2",
        "https://example.org/a/very/long/path?with=parameters&and=more, 23", "example.org, 23", "'see https://x.com now', 31"})
    void aTextIsAsLongAsXSays(String text, int length) {
        assertThat(PostText.weightedLength(text)).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.", "1.", "é.", "a.b-", "a/a.", "https://a.", "x.com/(a.", "a.com-", "(", "a-", "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a/"})
    void aTextThatIsMadeToBeSlowIsCountedAtOnce(String piece) {
        String text = piece.repeat(4_900 / piece.length());
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThat(PostText.weightedLength(text)).isGreaterThanOrEqualTo(23));
    }

    @Test
    void aChainOfLabelsIsCountedInFullAndInALinkNotAtAll() {
        assertThat(PostText.weightedLength("a.".repeat(40))).isEqualTo(80);
        assertThat(PostText.weightedLength("see https://example.org/" + "1.".repeat(40) + "html")).isEqualTo(27);
        assertThat(PostText.weightedLength("https://example.org/v1.2.3/a.b?c=d.e")).isEqualTo(23);
    }

    @Test
    void aTextIsKeptInOneForm() {
        assertThat(PostText.kept("content", "Cafe\u0301\r\nopen")).isEqualTo("Café\nopen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "a\uFFFEb", "a\uFFFFb", "\uFEFFa", "a\u0000", "a\u0007", "\uD83C", "\uDF0A\uD83C", "a\uDBFF\uDFFF"})
    void whatXDoesNotTakeIsRefused(String text) {
        assertThatThrownBy(() -> PostText.kept("content", text)).isInstanceOf(Failure.class).hasMessageStartingWith("content: ");
    }
}
