package social.coral.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PostMarkupTest {

    private static final Map<String, String> LINKS = Map.of("https://t.co/a", "https://example.org/" + "reef".repeat(400));

    @Test
    void shortLinksAreWrittenOut() {
        assertThat(PostMarkup.written("see https://t.co/a. R&amp;D", LINKS, true)).isEqualTo("see " + LINKS.get("https://t.co/a") + ". R&D");
    }

    @Test
    void aTextOfManyLinksIsNotWrittenFarBeyondTheLengthOfAPost() {
        String written = PostMarkup.written("https://t.co/a ".repeat(5_000), LINKS, false);
        assertThat(written.length()).isGreaterThan(2 * Post.MAX_LENGTH).isLessThan(8 * Post.MAX_LENGTH);
    }
}
