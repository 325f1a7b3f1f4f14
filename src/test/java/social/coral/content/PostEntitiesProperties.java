package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.twitter.twittertext.Extractor;
import com.twitter.twittertext.TldLists;
import com.twitter.twittertext.TwitterTextParser;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What we find in a text ourselves, and how long we say that it is, is what X's own library says, text for text. */
class PostEntitiesProperties {

    private static final List<String> PIECES = List.of(
            "http://", "https://", "HTTP://", "hTTps://", "http:/", "://", "http\u017f://", "www.", "t.co/", "t.co", "http://t.co/abc", "https://t.co/",
            "a", "b", "Z", "0", "7", "-", "_", ".", ".", "/", ":", ":80", ":x", "?", "?q=1", "&", "=", "#", "＃", "@", "＠", "$", "+", "%", "!", "*", ";", ",", "~",
            "|", "'", "\"", "(", ")", "(a)", "(a(b)c)", "((", "[", "]", "{", "\\", "^", "`", "<", " ", "\n", "\t", "\u00a0", "\u3000", "\u200d", "\u200b", "\u2013",
            "\u202e", "\u200f", "\u2066", "\u061c", "\u00ad", "\u3002", "\uff0e", "\uff61",
            "com", "co", "org", "tv", "de", "xn--", "xn--p1ai", "COM", "c0m", "museum", "onion", "コム", "みんな", "рф", "भारत", "भारतम्", "中国", "vermögensberatung",
            "é", "e\u0301", "ß", "ſ", "\u0301\u0323", "ł", "я", "Я", "ё", "海", "日本語", "ሀ", "\u10d0", "\u1100", "한", "ا", "…", "—", "’", "€", "•",
            "🌊", "👨‍👩‍👧‍👦", "👍🏽", "🇩🇪", "🇩", "1️⃣", "#️⃣", "*\u20e3", "©", "™️", "☂\ufe0e", "☂", "〰", "㊗", "\ufe0f", "\ufe0e", "\u20e3", "𝒳", "\ud83d", "\udc4d",
            "example", "example.com", "example.co.uk", "http://example.com/", "sub_domain.", "a-", "-a", "user/list", "@user", "@user/list-", "RT", "RT:", "#tag", "#1",
            "$TWTR", "$a.b", "mailto:a@b.com", "\ufffe", "\ufeff", "\u0000", "\u0085", "\u001c", "x".repeat(64));

    @Provide
    Arbitrary<String> posts() {
        Arbitrary<String> domains = Arbitraries.of(TldLists.GTLDS).map(name -> "." + name);
        Arbitrary<String> countries = Arbitraries.of(TldLists.CTLDS).map(name -> "." + name);
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(40, Arbitraries.of(PIECES)),
                        net.jqwik.api.Tuple.of(2, domains),
                        net.jqwik.api.Tuple.of(2, countries),
                        net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMaxLength(3)))
                .list().ofMinSize(1).ofMaxSize(16)
                .map(pieces -> String.join("", pieces));
    }

    @Property(tries = 20_000)
    void linksMentionsAndTagsAreThoseOfTheLibrary(@ForAll("posts") String text) {
        assertThat(PostEntities.in(text)).isEqualTo(new Extractor().extractEntitiesWithIndices(text));
    }

    @Property(tries = 20_000)
    void aTextIsAsLongAsTheLibrarySays(@ForAll("posts") String text) {
        assertThat(WeightedLength.of(text)).isEqualTo(TwitterTextParser.parseTweet(text).weightedLength);
    }
}
