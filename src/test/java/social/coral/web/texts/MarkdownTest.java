package social.coral.web.texts;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.output.StringOutput;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.content.TextMark;
import social.coral.content.TextSource;

class MarkdownTest {

    private static final Pattern TAG = Pattern.compile("<(?!/?(?:p|a|em|strong|code|pre|ul|ol|li|blockquote|h[2-6]|hr|br)\\b)");
    private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern EVENT = Pattern.compile("<(?:[^>\"]|\"[^\"]*\")*\\son\\w+=");

    @ParameterizedTest
    @ValueSource(strings = {
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a <b onclick=alert(1)>b</b>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))", "[x](java\\nscript:alert(1))", "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](vbscript:x)", "[x](file:///etc/passwd)",
        "<javascript:alert(1)>", "![x](javascript:alert(1))", "![x](https://example.org/pixel.png)", "[x]\n\n[x]: javascript:alert(1)", "[x](//evil.org)",
        "[x](https://example.org/\"onmouseover=\"alert(1))", "[x](https://example.org 'a\" onclick=\"alert(1)')", "```\n</code><script>alert(1)</script>\n```",
        "```js\" onload=\"alert(1)\nx\n```", "<!-- --><svg/onload=alert(1)>", "<style>*{display:none}</style>", "[a [b](javascript:1)](javascript:2)"})
    void noTextBecomesCodeOrLoadsAnything(String hostile) {
        String html = html(hostile);
        assertThat(html).doesNotContainPattern(TAG).doesNotContainPattern(EVENT);
        assertThat(ADDRESS.matcher(html).results().map(address -> address.group(1)).toList()).allMatch(address -> address.isEmpty() || address.startsWith("https://"));
    }

    @Test
    void aNumberInBracketsLeadsToItsSourceIfThereIsOne() {
        assertThat(html("Corals [1] grow [2].")).contains("<a href=\"#source-1\">[1]</a>", "[2]").doesNotContain("#source-2");
    }

    @Test
    void headingsBeginBelowThatOfThePage() {
        assertThat(html("# One\n\n###### Six")).contains("<h2>One</h2>", "<h6>Six</h6>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"> ", "- ", "[", "*a ", "![", "**a _b ", "`", "((((", "1. "})
    void aTextThatNestsDeepIsDrawnAllTheSame(String opening) {
        assertThat(html(opening.repeat(40_000 / opening.length()))).isNotEmpty();
    }

    @Test
    void aListShowsTheWordsWithoutTheirMarks() {
        assertThat(Markdown.beginning("# Tides\n\nLow **tide** at [noon](https://example.org)")).contains("Tides", "Low tide at").doesNotContain("**", "#");
        assertThat(Markdown.words("# Low tide\n\nat **noon**")).isEqualTo(4);
    }

    @Test
    void marksStandWhereTheWordsAreAndAroundALinkWhoseTargetTheyMean() {
        String text = "Of **77** &amp; 12 [see](https://x.com) and `99`";
        List<TextMark> marks = Stream.of("77", "https://x.com", "99")
                .map(words -> new TextMark(TextMark.Kind.NUMBER, 0, text.indexOf(words), text.indexOf(words) + words.length(), words)).toList();
        StringOutput page = new StringOutput();
        Markdown.draw(text, List.of(), marks).writeTo(page);
        assertThat(page.toString()).contains("<strong><mark>77</mark></strong>", "<mark><a ", "see</a></mark>", "<mark><code>99</code></mark>", " &amp; 12 ");
    }

    private static String html(String text) {
        StringOutput page = new StringOutput();
        Markdown.draw(text, List.of(new TextSource(1, "https://example.org", "Corals", null))).writeTo(page);
        return page.toString();
    }
}
