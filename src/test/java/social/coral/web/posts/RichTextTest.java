package social.coral.web.posts;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RichTextTest {

    @Test
    void linksMentionsAndTagsLeadSomewhereAndTheRestIsWords() {
        assertThat(RichText.of("See https://example.org/a?b=1, @Some_Body and #Tide! Or example.com").parts()).containsExactly(
                TextPart.words("See "),
                new TextPart("example.org/a?b=1", "https://example.org/a?b=1", true),
                TextPart.words(", "),
                new TextPart("@Some_Body", "/tweets?author=some_body", false),
                TextPart.words(" and "),
                new TextPart("#Tide", "/tweets?q=%23Tide", false),
                TextPart.words("! Or "),
                new TextPart("example.com", "https://example.com", true));
    }

    @Test
    void theEndOfALongTextIsLookedAtAsItsBeginning() {
        String text = "a.".repeat(12_000) + " example.com";
        RichText rich = RichText.of(text);
        assertThat(words(rich)).isEqualTo(text);
        assertThat(rich.parts()).last().isEqualTo(new TextPart("example.com", "https://example.com", true));
    }

    @Test
    void theBeginningOfALongTextIsCutBetweenWordsAndNothingIsMadeOfTheHalfOfALink() {
        RichText words = RichText.beginning("reef tide shore ".repeat(200));
        assertThat(words.isCut()).isTrue();
        assertThat(words.length()).isEqualTo(3_200);
        assertThat(words(words)).startsWith("reef tide shore ").endsWith(" ").hasSizeBetween(400, 700);

        RichText link = RichText.beginning("example.org " + "https://example.org/" + "a".repeat(2_000));
        assertThat(link.parts()).startsWith(new TextPart("example.org", "https://example.org", true)).last().matches(part -> part.address() == null);
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
}
