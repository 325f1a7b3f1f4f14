package social.coral.content;

import com.twitter.twittertext.TwitterTextParser;
import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;

/** The words of a post, counted as X counts them. */
public final class PostText {

    /** The longest that a post can be, in X's weighted characters. */
    public static final int LONGEST = 280;

    // So long a draft can be. Only long links make a post that X takes longer than this, and no sensible ones.
    private static final int MOST_CHARACTERS = 5_000;

    // Looking for links takes twitter-text minutes in a long chain of labels (a.a.a. and so on). No host has as many.
    private static final Pattern CHAIN = Pattern.compile("(?:[^\\s./]++\\.){17,}+");
    private static final Pattern HOST = Pattern.compile("\\P{Alnum}{0,4}https?://[^\\s/?#]{1,253}[/?#]", Pattern.CASE_INSENSITIVE);
    private static final Pattern TOKEN = Pattern.compile("\\S++");

    private PostText() {}

    /** How long X says that it is: a link counts 23, an emoji 2, most non-Latin characters 2. */
    public static int weightedLength(String text) {
        return text.length() > MOST_CHARACTERS
                ? text.codePointCount(0, text.length())
                : TwitterTextParser.parseTweet(TOKEN.matcher(text).replaceAll(token -> Matcher.quoteReplacement(unchained(token.group())))).weightedLength;
    }

    /**
     * The text, letter for letter in its place, as links, mentions and tags may be looked for in it: a chain of labels, which
     * is no link but would take minutes, no longer reads as one.
     */
    public static String searchable(String text) {
        return TOKEN.matcher(text)
                .replaceAll(token -> Matcher.quoteReplacement(
                        CHAIN.matcher(token.group()).find() ? token.group().replace('.', '!') : token.group()));
    }

    /** The same weight without a chain of labels: in the path of a link its length does not matter, elsewhere it is no link. */
    private static String unchained(String token) {
        Matcher host = HOST.matcher(token);
        if (host.lookingAt() && !CHAIN.matcher(host.group()).find()) {
            return host.group() + CHAIN.matcher(token.substring(host.end())).replaceAll("a.");
        }
        return CHAIN.matcher(token).find() ? token.replace('.', '!') : token;
    }

    /**
     * The text as it is kept (NFC, lines ended by a line feed), if a draft can hold it; otherwise a failure that names the
     * field. It may still be too long to be published; see {@link #mustFit}.
     */
    static String kept(String field, @Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            throw Failure.invalid(field, "is needed and cannot be blank");
        }
        if (typed.length() > MOST_CHARACTERS) {
            throw Failure.invalid(field, "is far too long: " + typed.length() + " characters, and a draft can have at most " + MOST_CHARACTERS);
        }
        typed.codePoints().filter(PostText::isForbidden).findFirst().ifPresent(point -> {
            throw Failure.invalid(field, "holds a character that X does not take (U+%04X)".formatted(point));
        });
        return Normalizer.normalize(typed.replace("\r\n", "\n"), Normalizer.Form.NFC);
    }

    /** How many characters, as X counts, have to go before the text can be published; 0 when it fits. */
    public static int tooMany(String text) {
        return Math.max(0, weightedLength(text) - LONGEST);
    }

    /** Refuses what X would refuse for its length. */
    static void mustFit(String field, String text) {
        int length = weightedLength(text);
        if (length > LONGEST) {
            throw Failure.invalid(field, "is " + length + " characters long as X counts, " + (length - LONGEST) + " more than the " + LONGEST + " that a post can have; it can stay a draft");
        }
    }

    private static boolean isForbidden(int point) {
        boolean control = Character.getType(point) == Character.CONTROL && point != '\n' && point != '\r' && point != '\t';
        boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return control || half || point == 0xFEFF || (point & 0xFFFE) == 0xFFFE;
    }
}
