package social.coral.web.posts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import social.coral.knowledge.KnowledgeAnswer.Match;

class RichTextTest {

    @Test
    void linksMentionsAndTagsLeadSomewhereAndTheRestIsWords() {
        assertThat(RichText.of("See https://example.org/a?b=1, @Some_Body and #Tide! Or example.com").parts()).containsExactly(
                TextPart.words("See "),
                TextPart.link("example.org/a?b=1", "https://example.org/a?b=1", true),
                TextPart.words(", "),
                TextPart.link("@Some_Body", "/tweets?author=some_body", false),
                TextPart.words(" and "),
                TextPart.link("#Tide", "/tweets?q=%23Tide", false),
                TextPart.words("! Or "),
                TextPart.link("example.com", "https://example.com", true));
    }

    @Test
    void theEndOfALongTextIsLookedAtAsItsBeginning() {
        String text = "a.".repeat(12_000) + " example.com";
        RichText rich = RichText.of(text);
        assertThat(words(rich)).isEqualTo(text);
        assertThat(rich.parts()).last().isEqualTo(TextPart.link("example.com", "https://example.com", true));
    }

    @Test
    void theBeginningOfALongTextIsCutBetweenWordsAndNothingIsMadeOfTheHalfOfALink() {
        RichText words = RichText.beginning("reef tide shore ".repeat(200));
        assertThat(words.isCut()).isTrue();
        assertThat(words.length()).isEqualTo(3_200);
        assertThat(words(words)).startsWith("reef tide shore ").endsWith(" ").hasSizeBetween(400, 700);

        RichText link = RichText.beginning("example.org " + "https://example.org/" + "a".repeat(2_000));
        assertThat(link.parts()).startsWith(TextPart.link("example.org", "https://example.org", true)).last().matches(part -> part.address() == null);
        assertThat(words(link)).hasSize(700);

        RichText emoji = RichText.beginning("\ud83c\udf0a".repeat(2_000));
        assertThat(words(emoji).codePoints()).allMatch(point -> point == 0x1F30A);
        assertThat(RichText.beginning("a".repeat(1_000)).isCut()).isFalse();
    }

    @Property
    void noTextBreaksItAndNoLinkLeadsToAnythingButTheWeb(@ForAll String text) {
        RichText rich = RichText.of(text + " javascript:alert(1) data:text/html,x http://example.org");
        assertThat(rich.parts().stream().map(TextPart::address))
                .allMatch(address -> address == null || address.startsWith("https://") || address.startsWith("http://") || address.startsWith("/tweets?"));
        assertThat(words(rich).codePoints()).noneMatch(c -> c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069);
    }

    private static String words(RichText rich) {
        return rich.parts().stream().map(TextPart::text).reduce("", String::concat);
    }

    @Test
    void whatWasSearchedForIsMarkedInWordsAndInLinksAndNothingIsLost() {
        String text = "Low \u202Etide\u202C at #tides, see https://example.org/tides <b>tide</b>";
        List<TextPart> parts = RichText.of(text, matches(text, "tide")).parts();
        assertThat(parts.stream().filter(TextPart::marked).map(TextPart::text)).containsExactly("tide", "#tides", "example.org/tides", "tide");
        assertThat(parts.stream().map(TextPart::text).collect(Collectors.joining())).isEqualTo("Low tide at #tides, see example.org/tides <b>tide</b>");
        assertThat(RichText.of("tide", List.of()).parts()).noneMatch(TextPart::marked);
    }

    private static List<Match> matches(String text, String word) {
        return Pattern.compile(word).matcher(text).results().map(found -> new Match(found.start(), found.end())).toList();
    }
}
