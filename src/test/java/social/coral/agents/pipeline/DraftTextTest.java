package social.coral.agents.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import social.coral.content.TextSource;

class DraftTextTest {

    private static final List<TextSource> SOURCES = List.of(
            new TextSource(1, "https://reef.example/a", "A report", null), new TextSource(3, "", "@reef_notes", UUID.randomUUID()));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Corals bleach [1]. | Corals bleach [1].",
        "Corals bleach [2]. | Corals bleach.",
        "Corals bleach [1, 2, 3]. | Corals bleach [1, 3].",
        "Corals bleach [99][1]. | Corals bleach[1].",
        "See https://reef.example/a now. | See https://reef.example/a now.",
        "See https://evil.example/a now. | See  now.",
        "See https://reef.example/a/b now. | See  now.",
        "See evil.com now. | See evil.com now.",
        "See www.evil.com now. | See  now.",
        "See [the report](https://reef.example/a) now. | See [the report](https://reef.example/a) now.",
        "See [the report](https://evil.example/a) now. | See the report now.",
        "See [the report](javascript:alert(1)) now. | See the report now.",
        "![p](https://reef.example/a) | p",
        "Ask @reef_notes. | Ask @reef_notes.",
        "Ask @evil_person. | Ask evil_person.",
        "<a href='https://evil.example'>x</a> | x",
        "<script>alert(1)</script> | alert(1)",
        "Growth was <5% in 2024 and >10% in 2025. | Growth was <5% in 2024 and >10% in 2025.",
        "It is 12% [1](https://evil.example/a). | It is 12% [1].",
        "Booking.com says so. | Booking.com says so."
    })
    void onlyWhatASourceHasIsKept(String text, String kept) {
        assertThat(DraftText.keptTo(SOURCES, text)).isEqualTo(kept);
    }

    @Test
    void aLinkIsNotDefinedElsewhereInTheText() {
        assertThat(DraftText.keptTo(SOURCES, "Read [more][r] [1].\n\n[r]: https&colon;//reef.example!@@evil.example/\n\n[s]:\n  https\\://evil.example 'now'\nEnd: [1]"))
                .doesNotContain("evil").contains("[1]", "End:");
    }

    @Test
    void markdownBecomesParagraphs() {
        assertThat(PlainParagraphs.of("# Title\n\n> “Warm *water* is **bad**.” [1]\n- One\n1. Two [here](https://a.example)"))
                .containsExactly("Title", "“Warm water is bad.” [1]", "One", "Two here");
        assertThat(PlainParagraphs.of("Ask @jane_doe_ and *do*: 2*3*4=24.\n\n3. März 2026 war es so\n\n`a_b`\n\n[1]: https://evil.example"))
                .containsExactly("Ask @jane_doe_ and do: 2*3*4=24.", "3. März 2026 war es so", "a_b");
    }

    @Test
    void markersAreFoundAndRemoved() {
        assertThat(DraftText.cited("A [1]. B [2, 3]. C [d](x)")).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(DraftText.withoutMarkers("A [1]. B[2, 3].")).isEqualTo("A. B.");
    }
}
